package io.sentimentstreams.layers;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * A loss whose gradient is divided by the rows of the batch where it begins, at the output. The
 * graph then need not divide the gradients of all parameters ({@code miniBatch(false)} of its
 * default configuration), which takes as long as a third of Adam's step. Scores are those of the
 * loss.
 */
public final class AveragedLoss implements ILossFunction {
  @Serial private static final long serialVersionUID = 1L;

  @JsonProperty private final ILossFunction loss;

  /** Of a loss. */
  public AveragedLoss(@JsonProperty("loss") ILossFunction loss) {
    this.loss = loss;
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return loss.computeScore(labels, output, activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    return loss.computeScoreArray(labels, output, activation, mask);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    return loss.computeGradient(labels, output, activation, mask).divi(labels.size(0));
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    return new Pair<>(
        computeScore(labels, output, activation, mask, average),
        computeGradient(labels, output, activation, mask));
  }

  @Override
  public String name() {
    return loss.name();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AveragedLoss that && loss.equals(that.loss);
  }

  @Override
  public int hashCode() {
    return loss.hashCode();
  }
}
