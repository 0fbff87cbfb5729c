package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.layers.AveragedLoss;
import io.sentimentstreams.layers.MaskedConvolution;
import io.sentimentstreams.layers.SequencePooling;
import io.sentimentstreams.layers.SoftmaxCrossEntropy;
import io.sentimentstreams.layers.TokenEmbedding;
import io.sentimentstreams.model.LayerShape.Features;
import io.sentimentstreams.model.LayerShape.Steps;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.GlobalAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.LayerSpec.GlobalPool;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.Subsampling1DLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The configuration of a network's Deeplearning4j graph: a vertex for each layer, named as the
 * layer's tensors are, and some between.
 *
 * <p>A text's result is free of padding because the embedding layer and the recurrent ones give
 * zeros wherever the mask is zero, pooling passes masked steps over, and a convolution behind any
 * other layer gets its input multiplied by the mask: it sees zeros beyond the text's end as it
 * would for the text alone, and padding gets no gradient.
 *
 * <p>Steps are {@code [batch, features, time]}, as Deeplearning4j wants them. What layers give side
 * by side (both directions of a recurrent layer, largest values and means) is joined by the layer
 * that needs it joined.
 */
final class NetworkGraph {
  static final String IDS = "ids";

  private static final double NORMAL_DEVIATION = 0.1;
  private static final double UNIFORM_LIMIT = 0.05;

  private final NetworkSpec spec;
  private final NetworkSize size;
  private final List<LayerShape> shapes;
  private final @Nullable NetworkTraining training;
  private final boolean masked;
  private final ComputationGraphConfiguration.GraphBuilder builder;

  /** The vertices whose features, side by side, are the output so far. */
  private List<String> parts = List.of(IDS);

  private NetworkGraph(
      NetworkSpec spec,
      NetworkSize size,
      @Nullable NetworkTraining training,
      boolean masked,
      ComputationGraphConfiguration.GraphBuilder builder) {
    this.spec = spec;
    this.size = size;
    this.shapes = spec.shapes(size);
    this.training = training;
    this.masked = masked;
    this.builder = builder;
  }

  /**
   * The configuration.
   *
   * @param training null for a graph that is only to compute
   * @param masked whether layers are this project's, for the CPU, or Deeplearning4j's own
   */
  static ComputationGraphConfiguration configuration(
      NetworkSpec spec,
      NetworkSize size,
      @Nullable NetworkTraining training,
      long seed,
      boolean masked) {
    ComputationGraphConfiguration.GraphBuilder builder =
        NetworkDefaults.of(training, seed, masked).addInputs(IDS);
    NetworkGraph graph = new NetworkGraph(spec, size, training, masked, builder);
    for (int index = 0; index < spec.layers().size(); index++) {
      graph.add(index);
    }
    ComputationGraphConfiguration configuration = builder.setOutputs(graph.joined()).build();
    configuration.getDefaultConfiguration().setMiniBatch(false); // See AveragedLoss.
    return configuration;
  }

  /** Whether a graph's layers are this project's. */
  static boolean isMasked(ComputationGraph graph, NetworkSpec spec) {
    return graph.getLayer(vertex(spec, 0)).conf().getLayer() instanceof TokenEmbedding;
  }

  /** The name of a layer's vertex. Deeplearning4j parts names at underscores. */
  static String vertex(NetworkSpec spec, int index) {
    return spec.names().get(index).replace('_', '-');
  }

  private void add(int index) {
    LayerSpec layer = spec.layers().get(index);
    String name = vertex(spec, index);
    if (layer instanceof Embedding embedding) {
      addEmbedding(name, embedding);
    } else if (layer instanceof RecurrentSpec recurrent) {
      RecurrentGraph cells = new RecurrentGraph(builder, masked);
      parts = cells.add(name, recurrent, features(index - 1), joined());
    } else if (layer instanceof Conv1d conv) {
      addConvolution(name, conv, index);
    } else if (layer instanceof TimeDistributed each) {
      add(name, perStep(each.dense(), features(index - 1)), joined());
    } else if (layer instanceof MaxPool pool) {
      add(name, maxPool(pool), joined());
    } else if (layer instanceof GlobalPool pool) {
      addPool(name, pool);
    } else if (layer instanceof Flatten) {
      addFlatten(name, index);
    } else if (layer instanceof Dropout dropout) {
      addDropout(name, dropout.rate());
    } else if (layer == spec.layers().get(spec.layers().size() - 1)) {
      add(name, output((Dense) layer, features(index - 1)), joined());
    } else {
      add(name, hidden((Dense) layer, features(index - 1)), joined());
    }
  }

  private void add(String name, org.deeplearning4j.nn.conf.layers.Layer layer, String input) {
    builder.addLayer(name, layer, input);
    parts = List.of(name);
  }

  /** The vertex that is the output so far. */
  private String joined() {
    if (parts.size() > 1) {
      String name = String.join("+", parts);
      builder.addVertex(name, new SideBySide(), parts.toArray(String[]::new));
      parts = List.of(name);
    }
    return parts.get(0);
  }

  private int features(int index) {
    LayerShape shape = shapes.get(index);
    return shape instanceof Steps steps ? steps.features() : ((Features) shape).features();
  }

  private void addEmbedding(String name, Embedding embedding) {
    FeedForwardLayer.Builder<?> layer =
        masked ? new TokenEmbedding.Builder() : new EmbeddingSequenceLayer.Builder().hasBias(false);
    layer
        .nIn(size.vocabulary())
        .nOut(embedding.size())
        .weightInit(new WeightInitDistribution(start()))
        .l2(0);
    if (!embedding.trainable()) {
      layer.updater(new Sgd(0));
    }
    add(name, layer.build(), IDS);
    if (training != null && training.embeddingDropout() > 0) {
      addDropout(name + ".dropout", training.embeddingDropout());
    }
  }

  private Distribution start() {
    return training != null && training.embeddingStart() == EmbeddingStart.NORMAL
        ? new NormalDistribution(0, NORMAL_DEVIATION)
        : new UniformDistribution(-UNIFORM_LIMIT, UNIFORM_LIMIT);
  }

  private void addDropout(String name, double rate) {
    if (training != null && rate > 0) {
      add(name, new StepDropout(rate), joined());
    }
  }

  private void addConvolution(String name, Conv1d conv, int index) {
    boolean same = conv.padding() == ConvolutionPadding.SAME;
    if (!masked && spec.embedding().maskZero() && index > 1) {
      add(name + ".input", new MaskLayer(), joined());
    }
    FeedForwardLayer.Builder<?> layer =
        convolution(conv.width(), same)
            .nIn(features(index - 1))
            .nOut(conv.filters())
            .activation(activation(conv.activation()));
    add(name, layer.build(), joined());
  }

  private FeedForwardLayer.Builder<?> convolution(int width, boolean same) {
    return masked
        ? new MaskedConvolution.Builder(width).same(same)
        : new Convolution1DLayer.Builder(width)
            .rnnDataFormat(RNNFormat.NCW)
            .convolutionMode(same ? ConvolutionMode.Same : ConvolutionMode.Truncate);
  }

  /** A dense layer for each step is a convolution of width 1. */
  private FeedForwardLayer perStep(Dense dense, int inputs) {
    return convolution(1, true)
        .nIn(inputs)
        .nOut(dense.units())
        .activation(activation(dense.activation()))
        .build();
  }

  private static Subsampling1DLayer maxPool(MaxPool pool) {
    return new Subsampling1DLayer.Builder(
            Subsampling1DLayer.PoolingType.MAX, pool.size(), pool.size(), 0)
        .convolutionMode(ConvolutionMode.Truncate)
        .build();
  }

  private void addPool(String name, GlobalPool pool) {
    List<String> pooled = new ArrayList<>();
    List<String> inputs = parts;
    for (PoolingType type : types(pool)) {
      for (String input : inputs) {
        String vertex = input + "." + name + "." + type;
        builder.addLayer(vertex, pooling(type), input);
        pooled.add(isScaled(pool, type) ? scaled(vertex) : vertex);
      }
    }
    parts = pooled;
  }

  private org.deeplearning4j.nn.conf.layers.Layer pooling(PoolingType type) {
    if (!masked) {
      return new GlobalPoolingLayer(type);
    }
    return new SequencePooling(
        type == PoolingType.MAX ? SequencePooling.Kind.MAX : SequencePooling.Kind.AVERAGE);
  }

  private static List<PoolingType> types(GlobalPool pool) {
    if (pool instanceof GlobalMaxPool) {
      return List.of(PoolingType.MAX);
    }
    return pool instanceof GlobalAveragePool
        ? List.of(PoolingType.AVG)
        : List.of(PoolingType.MAX, PoolingType.AVG);
  }

  private boolean isScaled(GlobalPool pool, PoolingType type) {
    return pool instanceof LayerSpec.GlobalMaxAveragePool
        && type == PoolingType.AVG
        && training != null
        && training.meanScale() != 1;
  }

  private String scaled(String vertex) {
    double scale = training == null ? 1 : training.meanScale();
    builder.addVertex(vertex + ".scaled", new ScaleVertex(scale), vertex);
    return vertex + ".scaled";
  }

  /** Feature by feature, where Keras has step by step: {@link WeightLayout} knows. */
  private void addFlatten(String name, int index) {
    int[] shape = {-1, features(index)};
    builder.addVertex(name, new ReshapeVertex('c', shape, null), joined());
    parts = List.of(name);
  }

  private static DenseLayer hidden(Dense dense, int inputs) {
    return new DenseLayer.Builder()
        .nIn(inputs)
        .nOut(dense.units())
        .activation(activation(dense.activation()))
        .build();
  }

  private OutputLayer output(Dense dense, int inputs) {
    OutputLayer.Builder layer =
        new OutputLayer.Builder(loss(dense))
            .nIn(inputs)
            .nOut(dense.units(size.labels()))
            .activation(activation(dense.activation()));
    if (training != null && training.outputDropout() > 0) {
      layer.dropOut(1 - training.outputDropout());
    }
    return layer.build();
  }

  private ILossFunction loss(Dense output) {
    List<Double> weights = training == null ? List.of() : training.classWeights();
    if (output.activation() == LayerActivation.SIGMOID) {
      if (weights.stream().distinct().count() > 1) {
        throw new InvalidInputException(
            "training: classes are weighted, which an output of one sigmoid unit cannot be; use softmax, or classWeightExponent 0");
      }
      return new AveragedLoss(new LossBinaryXENT());
    }
    if (masked) {
      return new SoftmaxCrossEntropy(weights.stream().mapToDouble(Double::doubleValue).toArray());
    }
    return new AveragedLoss(
        weights.isEmpty() ? new LossMCXENT() : new LossMCXENT(rowVector(weights)));
  }

  private static Activation activation(LayerActivation activation) {
    return switch (activation) {
      case LINEAR -> Activation.IDENTITY;
      case RELU -> Activation.RELU;
      case TANH -> Activation.TANH;
      case SIGMOID -> Activation.SIGMOID;
      case SOFTMAX -> Activation.SOFTMAX;
    };
  }

  private static INDArray rowVector(List<Double> values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(i).floatValue();
    }
    return Nd4j.create(row, new long[] {1, row.length}, 'c');
  }
}
