package io.sentimentstreams.layers;

import java.io.Serial;
import java.util.Collection;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a recurrent layer for the CPU that is exact under masks, in one direction or
 * both: each text's result, and the loss by it, is that of the text alone. Activations are tanh,
 * gates sigmoid.
 *
 * <p>From {@code [batch, inputs, time]} to {@code [batch, outputs, time]} with zeros where the mask
 * is 0, or to the last states {@code [batch, outputs]}: the state after a text's last token, of the
 * backward direction that after its first. A text without tokens has the state 0. {@code nOut} is
 * the units of a direction; both directions' outputs are concatenated, forward first.
 *
 * <p>Parameters have the names of Deeplearning4j: {@code W} {@code [inputs, gates * units]}, {@code
 * RW} {@code [units, gates * units]} and {@code b} {@code [biases * units]}; in both directions
 * {@code fW}, {@code fRW}, {@code fb}, {@code bW}, {@code bRW}, {@code bb}. They start as in Keras
 * unless told otherwise: the kernel by the weight initializer set for the layer, with Keras' fans,
 * the recurrent kernel with orthonormal rows, biases at 0 but an LSTM's forget gate at 1.
 *
 * <p>The dropouts leave out the same inputs, and the same outputs of the step before, at all steps
 * of a text, as in Keras. Where Keras draws a set for each gate (it does so where there is a
 * recurrent dropout), this layer has one for all gates, as Gal and Ghahramani (2016) describe.
 */
public final class MaskedRecurrent extends BaseRecurrentLayer {
  @Serial private static final long serialVersionUID = 1L;

  /** What a cell computes. */
  public enum Kind {
    /** LSTM. Gates: candidate, forget, output, input, as Deeplearning4j has them. */
    LSTM(4, 4),
    /** GRU, its reset gate before the recurrent product. Gates: update, reset, candidate. */
    GRU(3, 3),
    /**
     * GRU, its reset gate after the recurrent product. Gates: update, reset, candidate; the three
     * biases of the input, then those of the recurrent products.
     */
    GRU_RESET_AFTER(3, 6),
    /** Simple recurrent layer, tanh. */
    RNN(1, 1);

    private final int gates;
    private final int biases;

    Kind(int gates, int biases) {
      this.gates = gates;
      this.biases = biases;
    }

    /** Columns of the kernels for each unit. */
    public int gates() {
      return gates;
    }

    /** Biases of each unit. */
    public int biases() {
      return biases;
    }
  }

  /** In which order a text is read. */
  public enum Direction {
    FORWARD,
    BACKWARD,
    BOTH
  }

  @JsonProperty private final Kind kind;
  @JsonProperty private final Direction direction;
  @JsonProperty private final boolean sequences;
  @JsonProperty private final double inputDropout;
  @JsonProperty private final double recurrentDropout;

  /** For JSON, which sets the fields. */
  @SuppressWarnings("unused")
  private MaskedRecurrent() {
    this(new Builder(Kind.LSTM, 1));
  }

  private MaskedRecurrent(Builder builder) {
    super(builder);
    this.kind = builder.kind;
    this.direction = builder.direction;
    this.sequences = builder.sequences;
    this.inputDropout = builder.inputDropout;
    this.recurrentDropout = builder.recurrentDropout;
  }

  public Kind kind() {
    return kind;
  }

  public Direction direction() {
    return direction;
  }

  /** Whether the output is a sequence; otherwise the last state. */
  public boolean sequences() {
    return sequences;
  }

  double inputDropout() {
    return inputDropout;
  }

  double recurrentDropout() {
    return recurrentDropout;
  }

  int inputs() {
    return Math.toIntExact(getNIn());
  }

  int units() {
    return Math.toIntExact(getNOut());
  }

  int directions() {
    return direction == Direction.BOTH ? 2 : 1;
  }

  /** Features of the output. */
  int outputs() {
    return directions() * units();
  }

  @Override
  public Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return Wiring.connected(
        new MaskedRecurrentLayer(conf, Sequences.requireFloat(type)),
        conf,
        listeners,
        index,
        parameters,
        initialize);
  }

  @Override
  public ParamInitializer initializer() {
    return RecurrentParameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    InputType sequence = super.getOutputType(index, input);
    return sequences
        ? InputType.recurrent(
            outputs(),
            ((InputType.InputTypeRecurrent) sequence).getTimeSeriesLength(),
            RNNFormat.NCW)
        : InputType.feedForward(outputs());
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return Wiring.memory(this, input, RecurrentParameters.INSTANCE.numParams(this));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedRecurrent that
        && kind == that.kind
        && direction == that.direction
        && sequences == that.sequences
        && inputDropout == that.inputDropout
        && recurrentDropout == that.recurrentDropout
        && super.equals(other);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + kind.hashCode();
  }

  @Override
  public String toString() {
    return "MaskedRecurrent(%s, %d, %d, %s, %s)"
        .formatted(kind, getNIn(), getNOut(), direction, sequences ? "sequences" : "last state");
  }

  /** Options beside those of all recurrent layers. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares <E extends Layer> E build().
  public static final class Builder extends BaseRecurrentLayer.Builder<Builder> {
    private final Kind kind;
    private Direction direction = Direction.FORWARD;
    private boolean sequences = true;
    private double inputDropout;
    private double recurrentDropout;

    /**
     * A forward layer to sequences, without dropout.
     *
     * @param units of a direction, at least 1
     */
    // Which of Deeplearning4j's setters are overridable is Lombok's doing; none is overridden here.
    @SuppressWarnings("this-escape")
    public Builder(Kind kind, int units) {
      this.kind = kind;
      nOut(units);
    }

    /** Which way texts are read; both concatenates the two. */
    public Builder direction(Direction direction) {
      this.direction = direction;
      return this;
    }

    /** Whether the output is a sequence (default) or the last state. */
    public Builder sequences(boolean sequences) {
      this.sequences = sequences;
      return this;
    }

    /** Share of each text's inputs left out at all its steps in training, 0 to below 1. */
    public Builder inputDropout(double share) {
      this.inputDropout = requireShare("inputDropout", share);
      return this;
    }

    /** Share of each text's outputs before a step left out at all its steps, 0 to below 1. */
    public Builder recurrentDropout(double share) {
      this.recurrentDropout = requireShare("recurrentDropout", share);
      return this;
    }

    private static double requireShare(String name, double share) {
      if (!(share >= 0 && share < 1)) {
        throw new IllegalArgumentException(
            "%s is %s, but must be at least 0 and below 1".formatted(name, share));
      }
      return share;
    }

    @Override
    public MaskedRecurrent build() {
      return new MaskedRecurrent(this);
    }
  }
}
