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
import org.deeplearning4j.nn.weights.IWeightInit;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Configuration of an embedding for the CPU: token ids {@code [batch, 1, time]} to the rows of a
 * table, {@code [batch, nOut, time]}, zero where the mask is 0. The table is the parameter {@code
 * W}, {@code [nIn, nOut]}, row-major.
 *
 * <p>The loss by the table is dense, as Deeplearning4j's updaters need it: with Adam also the rows
 * of tokens that a batch has not move, as in Keras and PyTorch unless told otherwise.
 */
public final class TokenEmbedding extends FeedForwardLayer {
  @Serial private static final long serialVersionUID = 1L;

  static final String TABLE = "W";

  /** For JSON, which sets the fields. */
  @SuppressWarnings("unused")
  private TokenEmbedding() {
    this(new Builder());
  }

  private TokenEmbedding(Builder builder) {
    super(builder);
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
        new TokenEmbeddingLayer(conf, Sequences.requireFloat(type)),
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
    return InputType.recurrent(
        getNOut(),
        Wiring.sequence(this, input, "takes sequences of token ids").getTimeSeriesLength(),
        RNNFormat.NCW);
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    if (getNIn() <= 0 || override) {
      setNIn(Wiring.sequence(this, input, "takes sequences of token ids").getSize());
    }
  }

  @Override
  public @Nullable InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    return Wiring.memory(this, input, getNIn() * getNOut());
  }

  /** Options of all layers. */
  @SuppressWarnings("unchecked") // Deeplearning4j declares <E extends Layer> E build().
  public static final class Builder extends FeedForwardLayer.Builder<Builder> {
    @Override
    public TokenEmbedding build() {
      return new TokenEmbedding(this);
    }
  }

  /** The table, as a view of the network's vector of parameters. */
  private static final class Parameters implements ParamInitializer {
    static final Parameters INSTANCE = new Parameters();

    @Override
    public long numParams(NeuralNetConfiguration conf) {
      return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
      TokenEmbedding embedding = (TokenEmbedding) layer;
      return embedding.getNIn() * embedding.getNOut();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
      return List.of(TABLE);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
      return List.of(TABLE);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
      return List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
      return key.equals(TABLE);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
      return false;
    }

    @Override
    public Map<String, INDArray> init(
        NeuralNetConfiguration conf, INDArray vector, boolean initialize) {
      conf.addVariable(TABLE);
      Map<String, INDArray> table = getGradientsFromFlattened(conf, vector);
      if (initialize) {
        TokenEmbedding embedding = (TokenEmbedding) conf.getLayer();
        long[] shape = {embedding.getNIn(), embedding.getNOut()};
        IWeightInit start = embedding.getWeightInitFn();
        start.init(
            (double) shape[0], (double) shape[1], shape, 'c', vector.reshape(vector.length()));
      }
      return table;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(
        NeuralNetConfiguration conf, INDArray vector) {
      TokenEmbedding embedding = (TokenEmbedding) conf.getLayer();
      Map<String, INDArray> table = new LinkedHashMap<>();
      table.put(TABLE, vector.reshape('c', new long[] {embedding.getNIn(), embedding.getNOut()}));
      return table;
    }
  }
}
