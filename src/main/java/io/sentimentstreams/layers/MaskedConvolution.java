package io.sentimentstreams.layers;

import java.io.Serial;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * Configuration of a convolution over time for the CPU that is exact under masks: each text's
 * result, and the loss by it, is that of the text alone. From {@code [batch, nIn, time]} to {@code
 * [batch, nOut, time]} with zeros where no output is. Activation: relu, identity, tanh or sigmoid.
 *
 * <p>With padding {@code same} a text's output is as long as the text, and what lies beyond its
 * ends counts as zero. Otherwise there is an output wherever the filters lie inside the text, from
 * time 0 on, and {@code time} shrinks by {@code width - 1}; a text shorter than the filters counts
 * as padded with zeros behind its end and has one output.
 *
 * <p>Parameters: {@code W} {@code [width, nIn, nOut]}, row-major as Keras has it, and {@code b}
 * {@code [nOut]}.
 */
public final class MaskedConvolution extends FeedForwardLayer {
  @Serial private static final long serialVersionUID = 1L;
  static final String KERNEL = "W";
  static final String BIAS = "b";

  @JsonProperty private final int width;
  @JsonProperty private final boolean same;

  /** For JSON, which sets the fields. */
  @SuppressWarnings("unused")
  private MaskedConvolution() {
    this(new Builder(1));
  }

  private MaskedConvolution(Builder builder) {
    super(builder);
    this.width = builder.width;
    this.same = builder.same;
  }

  int width() {
    return width;
  }

  /** A pass for the layer. */
  ConvolutionPass pass() {
    return new ConvolutionPass(
        Math.toIntExact(getNIn()),
        Math.toIntExact(getNOut()),
        width,
        same,
        StepActivation.of(getActivationFn()));
  }

  /** Whether the output is as long as the input. */
  boolean same() {
    return same;
  }

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    return Wiring.connected(
        new MaskedConvolutionLayer(conf, Sequences.requireFloat(type)),
        conf,
        listeners,
        index,
        parameters,
        initialize);
  }

  @Override
  public ParamInitializer initializer() {
    return Parameters.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    long time = Wiring.sequence(this, input, "takes sequences").getTimeSeriesLength();
    long outputs = same || time <= 0 ? time : Math.max(1, time - width + 1);
    return InputType.recurrent(getNOut(), outputs, RNNFormat.NCW);
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (getNIn() <= 0 || override) {
      setNIn(Wiring.sequence(this, input, "takes sequences").getSize());
    }
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return Wiring.memory(this, input, Parameters.INSTANCE.numParams(this));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MaskedConvolution that
        && width == that.width
        && same == that.same
        && super.equals(other);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + width;
  }

  /** Options beside those of all layers. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares <E extends Layer> E build().
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    private final int width;
    private boolean same = true;

    /**
     * A layer with outputs as long as the text.
     *
     * @param width tokens that a filter spans, at least 1
     */
    public Builder(int width) {
      if (width < 1) {
        throw new IllegalArgumentException("width is %d, but must be at least 1".formatted(width));
      }
      this.width = width;
    }

    /** Whether the output is as long as the text (default), or only where the filters fit. */
    public Builder same(boolean same) {
      this.same = same;
      return this;
    }

    @Override
    public MaskedConvolution build() {
      return new MaskedConvolution(this);
    }
  }

  /** Kernel and biases, as views of the network's vector of parameters. */
  private static final class Parameters implements ParamInitializer {
    static final Parameters INSTANCE = new Parameters();

    @Override
    public long numParams(NeuralNetConfiguration conf) {
      return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
      MaskedConvolution of = (MaskedConvolution) layer;
      return (of.width * of.getNIn() + 1) * of.getNOut();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
      return List.of(KERNEL, BIAS);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
      return List.of(KERNEL);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
      return List.of(BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
      return key.equals(KERNEL);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
      return key.equals(BIAS);
    }

    @Override
    public Map<String, INDArray> init(
        NeuralNetConfiguration conf, INDArray vector, boolean initialize) {
      paramKeys(conf.getLayer()).forEach(conf::addVariable);
      if (initialize) {
        MaskedConvolution of = (MaskedConvolution) conf.getLayer();
        INDArray flat = vector.reshape(vector.length());
        long kernel = of.width * of.getNIn() * of.getNOut();
        long[] shape = {of.width, of.getNIn(), of.getNOut()};
        of.getWeightInitFn()
            .init(
                (double) of.width * of.getNIn(),
                (double) of.width * of.getNOut(),
                shape,
                'c',
                flat.get(NDArrayIndex.interval(0, kernel)));
        flat.get(NDArrayIndex.interval(kernel, vector.length())).assign(of.getBiasInit());
      }
      return getGradientsFromFlattened(conf, vector);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(
        NeuralNetConfiguration conf, INDArray vector) {
      MaskedConvolution of = (MaskedConvolution) conf.getLayer();
      INDArray flat = vector.reshape(vector.length());
      long kernel = of.width * of.getNIn() * of.getNOut();
      long[] shape = {of.width, of.getNIn(), of.getNOut()};
      Map<String, INDArray> table = new LinkedHashMap<>();
      table.put(KERNEL, flat.get(NDArrayIndex.interval(0, kernel)).reshape('c', shape));
      table.put(BIAS, flat.get(NDArrayIndex.interval(kernel, vector.length())));
      return table;
    }
  }
}
