package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.rnn.ReverseTimeSeriesVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.weights.WeightInitDistribution;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * Deeplearning4j graphs of the networks that {@link NetworkSpec} describes.
 *
 * <p>Two choices keep a text's result free of padding. The LSTM in both directions is {@link
 * MaskedLstm} on the CPU; elsewhere it is Deeplearning4j's own, whose backward direction reads the
 * text reversed by {@link ReverseTimeSeriesVertex} with the mask, because {@code Bidirectional}
 * starts on the padding. (Then its output is pooled in reversed order, since neither the largest
 * value nor the mean depends on order.) The embedding layer multiplies its output by the mask, so
 * the convolution sees zeros beyond the text's end as it would for the text alone, and padding gets
 * no gradient.
 *
 * <p>A graph is not safe for use by several threads at once.
 */
public final class Networks {
  private static final String IDS = "ids";
  private static final String EMBEDDING = WeightLayout.EMBEDDING;
  private static final String OUTPUT = WeightLayout.OUTPUT;

  /** Standard deviation of the embedding values that training starts from. */
  private static final double EMBEDDING_DEVIATION = 0.1;

  private Networks() {}

  /**
   * A graph with seeded start weights.
   *
   * @param spec the network
   * @param vocabularySize token ids, padding (0) included
   * @param labels classes
   * @param training null for a graph that is only to compute
   * @param seed of the start weights and of the dropouts
   */
  public static ComputationGraph build(
      NetworkSpec spec,
      int vocabularySize,
      int labels,
      @Nullable NetworkTraining training,
      long seed) {
    boolean cpu = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
    return build(spec, vocabularySize, labels, training, seed, cpu);
  }

  /**
   * A graph with a choice of the LSTM.
   *
   * @param masked whether it is {@link MaskedLstm}, which needs the CPU, or Deeplearning4j's own
   */
  static ComputationGraph build(
      NetworkSpec spec,
      int vocabularySize,
      int labels,
      @Nullable NetworkTraining training,
      long seed,
      boolean masked) {
    Nd4j.getRandom().setSeed(seed);
    ComputationGraph graph =
        new ComputationGraph(configuration(spec, vocabularySize, labels, training, seed, masked));
    graph.init();
    graph.getLayer(EMBEDDING).getParam("W").getRow(0).assign(0);
    return graph;
  }

  /**
   * The class probabilities of each text.
   *
   * @param tokenIds {@code [batch][time]}, of mixed lengths of at least 1
   * @return {@code [batch][labels]}
   */
  public static float[][] probabilities(ComputationGraph graph, List<int[]> tokenIds) {
    try (PaddedBatch batch = PaddedBatch.of(tokenIds)) {
      INDArray output =
          graph.output(false, new INDArray[] {batch.ids()}, new INDArray[] {batch.mask()}, null)[0];
      float[][] probabilities = output.toFloatMatrix();
      output.close();
      return probabilities;
    }
  }

  /** The graph's weights in the names and layouts of a bundle. */
  public static Weights weightsOf(ComputationGraph graph, NetworkSpec spec) {
    return WeightLayout.read(graph, spec);
  }

  /**
   * Puts a bundle's weights into a graph.
   *
   * @throws InvalidInputException where a tensor is missing, superfluous or of another shape
   */
  public static void setWeights(ComputationGraph graph, NetworkSpec spec, Weights weights) {
    WeightLayout.write(graph, spec, weights);
  }

  private static ComputationGraphConfiguration configuration(
      NetworkSpec spec,
      int vocabularySize,
      int labels,
      @Nullable NetworkTraining training,
      long seed,
      boolean masked) {
    ComputationGraphConfiguration.GraphBuilder builder =
        defaults(training, seed)
            .addInputs(IDS)
            .setInputTypes(InputType.recurrent(vocabularySize))
            .addLayer(EMBEDDING, embedding(spec, vocabularySize), IDS);
    double dropout = training == null ? 0 : training.embeddingDropout();
    double meanScale = training == null ? 1 : training.meanScale();
    if (NetworkForm.require(spec) instanceof NetworkForm.BiLstm bilstm) {
      addBiLstm(builder, bilstm, dropout, masked);
      addPooling(
          builder,
          NetworkForm.require(spec).pooling(),
          meanScale,
          WeightLayout.FORWARD,
          WeightLayout.BACKWARD);
    } else if (NetworkForm.require(spec) instanceof NetworkForm.Conv1dPool conv1d) {
      addConv1d(builder, conv1d, dropout);
      addPooling(builder, NetworkForm.require(spec).pooling(), meanScale, WeightLayout.CONVOLUTION);
      addHidden(builder, conv1d);
    }
    return builder
        .addLayer(OUTPUT, output(labels, training), lastLayer(spec))
        .setOutputs(OUTPUT)
        .build();
  }

  private static ComputationGraphConfiguration.GraphBuilder defaults(
      @Nullable NetworkTraining training, long seed) {
    NeuralNetConfiguration.Builder builder =
        new NeuralNetConfiguration.Builder().seed(seed).weightInit(WeightInit.XAVIER_UNIFORM);
    if (training == null) {
      return builder.updater(new NoOp()).graphBuilder();
    }
    if (training.l2() > 0) {
      builder.l2(training.l2());
    }
    if (training.gradientNorm() > 0) {
      builder
          .gradientNormalization(GradientNormalization.ClipL2PerLayer)
          .gradientNormalizationThreshold(training.gradientNorm());
    }
    return builder.updater(new Adam(training.learningRate())).graphBuilder();
  }

  private static EmbeddingSequenceLayer embedding(NetworkSpec spec, int vocabularySize) {
    return new EmbeddingSequenceLayer.Builder()
        .nIn(vocabularySize)
        .nOut(spec.embeddingSize())
        .hasBias(false)
        .weightInit(new WeightInitDistribution(new NormalDistribution(0, EMBEDDING_DEVIATION)))
        .l2(0)
        .build();
  }

  private static void addBiLstm(
      ComputationGraphConfiguration.GraphBuilder builder,
      NetworkForm.BiLstm spec,
      double dropout,
      boolean masked) {
    if (masked) {
      builder
          .addLayer(WeightLayout.FORWARD, maskedLstm(spec, false, dropout), EMBEDDING)
          .addLayer(WeightLayout.BACKWARD, maskedLstm(spec, true, dropout), EMBEDDING);
    } else {
      builder
          .addVertex("reversed", new ReverseTimeSeriesVertex(IDS), EMBEDDING)
          .addLayer(WeightLayout.FORWARD, lstm(spec, dropout), EMBEDDING)
          .addLayer(WeightLayout.BACKWARD, lstm(spec, dropout), "reversed");
    }
  }

  private static LSTM maskedLstm(NetworkForm.BiLstm spec, boolean backward, double dropout) {
    return new MaskedLstm(spec.embeddingSize(), spec.units(), backward, dropout);
  }

  private static LSTM lstm(NetworkForm.BiLstm spec, double dropout) {
    LSTM.Builder builder =
        new LSTM.Builder()
            .nIn(spec.embeddingSize())
            .nOut(spec.units())
            .activation(Activation.TANH)
            .gateActivationFunction(Activation.SIGMOID)
            .forgetGateBiasInit(1);
    if (dropout > 0) {
      builder.dropOut(1 - dropout);
    }
    return builder.build();
  }

  private static void addConv1d(
      ComputationGraphConfiguration.GraphBuilder builder,
      NetworkForm.Conv1dPool spec,
      double dropout) {
    Convolution1DLayer.Builder convolution =
        new Convolution1DLayer.Builder(spec.width())
            .convolutionMode(ConvolutionMode.Same)
            .nIn(spec.embeddingSize())
            .nOut(spec.filters())
            .activation(Activation.RELU);
    if (dropout > 0) {
      convolution.dropOut(1 - dropout);
    }
    builder.addLayer(WeightLayout.CONVOLUTION, convolution.build(), EMBEDDING);
  }

  private static void addHidden(
      ComputationGraphConfiguration.GraphBuilder builder, NetworkForm.Conv1dPool spec) {
    if (spec.hidden() > 0) {
      DenseLayer hidden =
          new DenseLayer.Builder().nOut(spec.hidden()).activation(Activation.RELU).build();
      builder.addLayer(WeightLayout.HIDDEN, hidden, "pooled");
    }
  }

  /** Adds a vertex {@code pooled}: the largest values of all layers, then the means of all. */
  private static void addPooling(
      ComputationGraphConfiguration.GraphBuilder builder,
      Pooling pooling,
      double meanScale,
      String... layers) {
    List<PoolingType> types =
        switch (pooling) {
          case MAX -> List.of(PoolingType.MAX);
          case MAX_AND_MEAN -> List.of(PoolingType.MAX, PoolingType.AVG);
        };
    List<String> pools = new ArrayList<>();
    for (PoolingType type : types) {
      for (String layer : layers) {
        String pool = layer + "." + type;
        builder.addLayer(pool, new GlobalPoolingLayer(type), layer);
        if (type == PoolingType.AVG && meanScale != 1) {
          builder.addVertex(pool + ".scaled", new ScaleVertex(meanScale), pool);
          pool += ".scaled";
        }
        pools.add(pool);
      }
    }
    builder.addVertex("pooled", new MergeVertex(), pools.toArray(String[]::new));
  }

  private static String lastLayer(NetworkSpec spec) {
    return NetworkForm.require(spec) instanceof NetworkForm.Conv1dPool conv1d && conv1d.hidden() > 0
        ? WeightLayout.HIDDEN
        : "pooled";
  }

  private static OutputLayer output(int labels, @Nullable NetworkTraining training) {
    OutputLayer.Builder builder =
        new OutputLayer.Builder(new LossMCXENT()).nOut(labels).activation(Activation.SOFTMAX);
    if (training != null && !training.classWeights().isEmpty()) {
      builder.lossFunction(new LossMCXENT(rowVector(training.classWeights())));
    }
    if (training != null && training.outputDropout() > 0) {
      builder.dropOut(1 - training.outputDropout());
    }
    return builder.build();
  }

  private static INDArray rowVector(List<Double> values) {
    float[] row = new float[values.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = values.get(i).floatValue();
    }
    return Nd4j.create(row, new long[] {1, row.length}, 'c');
  }
}
