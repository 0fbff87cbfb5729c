package io.sentimentstreams.layers;

import java.io.Serial;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Cross entropy of a softmax: what {@code LossMCXENT} computes, in two loops over a few numbers
 * where that has a dozen native calls. The gradient is divided by the rows, as that of {@link
 * AveragedLoss}. Masks are refused: a text has one output.
 */
public final class SoftmaxCrossEntropy implements ILossFunction {
  @Serial private static final long serialVersionUID = 1L;

  /** The least probability of which the logarithm is taken. */
  private static final double LEAST = 1e-10;

  @JsonProperty private final double[] weights;

  /**
   * @param weights of the classes; empty where all count alike
   */
  public SoftmaxCrossEntropy(@JsonProperty("weights") double... weights) {
    this.weights = weights.clone();
  }

  @Override
  public double computeScore(
      INDArray labels,
      INDArray output,
      IActivation activation,
      @Nullable INDArray mask,
      boolean average) {
    double score = Arrays.stream(losses(labels, output, mask)).sum();
    return average ? score / labels.size(0) : score;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    float[] losses = floats(losses(labels, output, mask));
    return Nd4j.create(losses, new long[] {losses.length, 1}, 'c');
  }

  /** Of each row. */
  private double[] losses(INDArray labels, INDArray output, @Nullable INDArray mask) {
    float[] wanted = wanted(labels, mask);
    float[] probabilities = probabilities(output);
    int classes = Math.toIntExact(labels.size(1));
    double[] losses = new double[Math.toIntExact(labels.size(0))];
    for (int at = 0; at < wanted.length; at++) {
      losses[at / classes] -= wanted[at] * Math.log(Math.max(LEAST, probabilities[at]));
    }
    return losses;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray output, IActivation activation, @Nullable INDArray mask) {
    float[] wanted = wanted(labels, mask);
    float[] gradient = probabilities(output);
    int classes = Math.toIntExact(labels.size(1));
    float rows = labels.size(0);
    for (int from = 0; from < wanted.length; from += classes) {
      float all = 0;
      for (int at = from; at < from + classes; at++) {
        all += wanted[at];
      }
      for (int at = from; at < from + classes; at++) {
        gradient[at] = (gradient[at] * all - wanted[at]) / rows;
      }
    }
    INDArray result = output.dup('c');
    Sequences.put(gradient, result);
    return result;
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

  /** The labels, weighted: {@code [rows * classes]}. */
  private float[] wanted(INDArray labels, @Nullable INDArray mask) {
    if (mask != null) {
      throw new IllegalArgumentException("this loss has no mask");
    }
    float[] wanted = Sequences.values(labels);
    if (weights.length > 0) {
      for (int at = 0; at < wanted.length; at++) {
        wanted[at] *= (float) weights[at % weights.length];
      }
    }
    return wanted;
  }

  /** The softmax of each row, {@code [rows * classes]}. */
  private static float[] probabilities(INDArray output) {
    float[] values = Sequences.values(output);
    int classes = Math.toIntExact(output.size(1));
    double[] exponentials = new double[classes];
    for (int from = 0; from < values.length; from += classes) {
      float largest = Float.NEGATIVE_INFINITY;
      for (int at = from; at < from + classes; at++) {
        largest = Math.max(largest, values[at]);
      }
      double sum = 0;
      for (int i = 0; i < classes; i++) {
        exponentials[i] = Math.exp(values[from + i] - largest);
        sum += exponentials[i];
      }
      for (int i = 0; i < classes; i++) {
        values[from + i] = (float) (exponentials[i] / sum);
      }
    }
    return values;
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  @Override
  public String name() {
    return "SoftmaxCrossEntropy";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SoftmaxCrossEntropy that && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(weights);
  }
}
