package io.sentimentstreams.layers;

import java.io.Serial;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.NoParamLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a pooling over all of a text's tokens, for the CPU: {@code [batch, features,
 * time]} to {@code [batch, features]}, or twice the features. A text without tokens gives zeros.
 */
public final class SequencePooling extends NoParamLayer {
  @Serial private static final long serialVersionUID = 1L;

  /** What is taken of each feature. */
  public enum Kind {
    MAX,
    AVERAGE,
    /** The largest values of all features, then the means of all. */
    MAX_AND_AVERAGE;

    boolean max() {
      return this != AVERAGE;
    }

    boolean average() {
      return this != MAX;
    }

    int parts() {
      return this == MAX_AND_AVERAGE ? 2 : 1;
    }
  }

  @JsonProperty private final Kind kind;

  /** For JSON, which sets the fields. */
  @SuppressWarnings("unused")
  private SequencePooling() {
    this(Kind.MAX);
  }

  public SequencePooling(Kind kind) {
    super(new Builder());
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    SequencePoolingLayer layer = new SequencePoolingLayer(conf, Sequences.requireFloat(type));
    layer.setListeners(listeners);
    layer.setIndex(index);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return EmptyParamInitializer.getInstance();
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    return InputType.feedForward(
        kind.parts() * Wiring.sequence(this, input, "pools sequences").getSize());
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // It takes any.
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return Wiring.memory(this, input, 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SequencePooling that && kind == that.kind && super.equals(other);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + kind.hashCode();
  }

  /** Only what the constructor above needs. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares <E extends Layer> E build().
  private static final class Builder
      extends org.deeplearning4j.nn.conf.layers.Layer.Builder<Builder> {
    @Override
    public SequencePooling build() {
      return new SequencePooling(Kind.MAX);
    }
  }
}
