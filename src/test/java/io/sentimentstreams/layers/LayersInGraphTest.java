package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.layers.MaskedRecurrent.Direction;
import io.sentimentstreams.layers.MaskedRecurrent.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.weights.WeightInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** The layers in Deeplearning4j's graphs: its own layers where these are right, JSON, training. */
final class LayersInGraphTest {
  private static final int VOCABULARY = 30;
  private static final int SIZE = 6;
  private static final int UNITS = 5;
  private static final int LABELS = 3;
  private static final List<Integer> LENGTHS = List.of(4, 9, 1, 9, 6);

  static Stream<Kind> kinds() {
    return Stream.of(Kind.values());
  }

  @Test
  void lstm_forwardOnMixedLengths_givesTheResultsAndGradientsOfStockLayers() {
    assertSameAsStock(
        new MaskedRecurrent.Builder(Kind.LSTM, UNITS).build(),
        new LSTM.Builder().nOut(UNITS).activation(Activation.TANH).build());
  }

  @Test
  void simpleRnn_forwardOnMixedLengths_givesTheResultsAndGradientsOfStockLayers() {
    assertSameAsStock(
        new MaskedRecurrent.Builder(Kind.RNN, UNITS).build(),
        new SimpleRnn.Builder().nOut(UNITS).activation(Activation.TANH).build());
  }

  /** With the embedding and both poolings of either side. */
  private static void assertSameAsStock(MaskedRecurrent layer, BaseRecurrentLayer stockLayer) {
    Layer stockEmbedding =
        new EmbeddingSequenceLayer.Builder().nIn(VOCABULARY).nOut(SIZE).hasBias(false).build();
    ComputationGraph stock =
        graph(
            builder(7)
                .addLayer("embedding", stockEmbedding, "ids")
                .addLayer("recurrent", stockLayer, "embedding")
                .addLayer("max", new GlobalPoolingLayer(PoolingType.MAX), "recurrent")
                .addLayer("mean", new GlobalPoolingLayer(PoolingType.AVG), "recurrent")
                .addLayer("output", output(), "max", "mean"));
    ComputationGraph own =
        graph(
            builder(7)
                .addLayer("embedding", embedding(), "ids")
                .addLayer("recurrent", layer, "embedding")
                .addLayer(
                    "pooled",
                    new SequencePooling(SequencePooling.Kind.MAX_AND_AVERAGE),
                    "recurrent")
                .addLayer("output", output(), "pooled"));
    stock.paramTable().forEach((name, values) -> own.getParam(name).assign(values));
    Batch batch = Batch.of(LENGTHS);

    assertThat(batch.outputs(own)).containsExactly(batch.outputs(stock), within(1e-6f));
    batch.gradients(own);
    batch.gradients(stock);
    for (String name : stock.paramTable().keySet()) {
      float[] expected = gradient(stock, name);
      assertThat(expected).as(name).isNotEqualTo(new float[expected.length]);
      assertThat(gradient(own, name)).as(name).containsExactly(expected, within(1e-6f));
    }
  }

  private static float[] gradient(ComputationGraph graph, String name) {
    return graph.gradient().getGradientFor(name).dup('c').data().asFloat();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void json_ofAGraph_givesTheSameGraph(Kind kind) {
    ComputationGraph graph = stacked(kind, 7);
    Batch batch = Batch.of(LENGTHS);

    ComputationGraphConfiguration read =
        ComputationGraphConfiguration.fromJson(graph.getConfiguration().toJson());

    assertThat(read.toJson()).isEqualTo(graph.getConfiguration().toJson());
    assertThat(layer(read, "both")).isEqualTo(layer(graph.getConfiguration(), "both"));
    ComputationGraph again = new ComputationGraph(read);
    again.init(graph.params().dup(), false);
    assertThat(batch.outputs(again)).isEqualTo(batch.outputs(graph));
  }

  private static Layer layer(ComputationGraphConfiguration configuration, String name) {
    LayerVertex vertex =
        (LayerVertex) Objects.requireNonNull(configuration.getVertices().get(name), name);
    return vertex.getLayerConf().getLayer();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void clone_ofATrainedGraph_computesTheSameAndStaysItself(Kind kind) {
    ComputationGraph graph = stacked(kind, 7);
    Batch batch = Batch.of(LENGTHS);
    batch.fit(graph);
    ComputationGraph clone = graph.clone();
    float[] before = batch.outputs(graph);
    assertThat(batch.outputs(clone)).isEqualTo(before);

    batch.fit(graph);

    assertThat(batch.outputs(clone)).isEqualTo(before);
    assertThat(batch.outputs(graph)).isNotEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fit_sameSeedWithDropouts_givesTheSameWeights(Kind kind) {
    Batch batch = Batch.of(LENGTHS);
    ComputationGraph first = stacked(kind, 7);
    batch.fit(first);
    batch.fit(first);
    ComputationGraph second = stacked(kind, 7);
    batch.fit(second);
    batch.fit(second);
    ComputationGraph other = stacked(kind, 8);

    assertThat(second.params()).isEqualTo(first.params());
    assertThat(other.params()).isNotEqualTo(first.params());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fit_manySteps_learnsTheBatch(Kind kind) {
    ComputationGraph graph = stacked(kind, 7);
    Batch batch = Batch.of(LENGTHS);
    batch.fit(graph);
    double before = graph.score();

    for (int step = 0; step < 60; step++) {
      batch.fit(graph);
    }

    assertThat(graph.score()).isLessThan(before / 2);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void output_ofABatch_isThatOfEachTextAlone(Kind kind) {
    ComputationGraph graph = stacked(kind, 7);
    Batch batch = Batch.of(LENGTHS);
    float[] together = batch.outputs(graph);

    for (int row = 0; row < LENGTHS.size(); row++) {
      float[] alone = batch.row(row).outputs(graph);
      for (int label = 0; label < LABELS; label++) {
        assertThat(together[row * LABELS + label]).isCloseTo(alone[label], within(1e-6f));
      }
    }
  }

  @Test
  void averagedLoss_ofAGraphThatDoesNotDivide_givesTheSameStepsAndScores() {
    ComputationGraph stock = graph(averaging(output()));
    ComputationGraph own =
        graph(
            averaging(
                new OutputLayer.Builder(new AveragedLoss(new LossMCXENT()))
                    .nOut(LABELS)
                    .activation(Activation.SOFTMAX)
                    .build()));
    own.getConfiguration().getDefaultConfiguration().setMiniBatch(false);
    Batch batch = Batch.of(LENGTHS);

    for (int step = 0; step < 3; step++) {
      batch.fit(stock);
      batch.fit(own);
      assertThat(own.score()).isCloseTo(stock.score(), within(1e-6));
    }

    assertThat(own.params().toFloatVector())
        .containsExactly(stock.params().toFloatVector(), within(1e-6f));
    assertThat(ComputationGraphConfiguration.fromJson(own.getConfiguration().toJson()))
        .extracting(configuration -> layer(configuration, "output"))
        .isEqualTo(layer(own.getConfiguration(), "output"));
  }

  /** With regularization, which has to weigh the same against the mean of the rows' losses. */
  private static ComputationGraphConfiguration.GraphBuilder averaging(OutputLayer output) {
    output.setIUpdater(new Sgd(0.1));
    output.setRegularization(List.of(new L2Regularization(0.1)));
    return builder(7)
        .addLayer("embedding", embedding(), "ids")
        .addLayer("pooled", new SequencePooling(SequencePooling.Kind.AVERAGE), "embedding")
        .addLayer("output", output, "pooled");
  }

  @Test
  void recurrentKernel_atTheStart_hasOrthonormalRows() {
    ComputationGraph graph = stacked(Kind.LSTM, 7);
    INDArray kernel = graph.getParam("last_RW");

    float[] products = kernel.mmul(kernel.transpose()).dup('c').data().asFloat();

    assertThat(products).containsExactly(Nd4j.eye(UNITS).dup('c').data().asFloat(), within(1e-5f));
    assertThat(graph.getParam("last_b").data().asFloat()).contains(1).contains(0);
  }

  @Test
  void init_ofDoublePrecision_isRefused() {
    ComputationGraphConfiguration configuration = stacked(Kind.LSTM, 7).getConfiguration();
    configuration.setDataType(DataType.DOUBLE);
    ComputationGraph graph = new ComputationGraph(configuration);

    assertThatThrownBy(graph::init)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("DOUBLE", "FLOAT");
  }

  @Test
  void output_idBeyondTheTable_isRefused() {
    ComputationGraph graph = stacked(Kind.RNN, 7);
    INDArray ids = Nd4j.valueArrayOf(new long[] {1, 1, 2}, (float) VOCABULARY);

    assertThatThrownBy(() -> graph.outputSingle(ids))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("30", "29");
  }

  /** Both directions to sequences, then one to its last state. */
  private static ComputationGraph stacked(Kind kind, long seed) {
    Layer both =
        new MaskedRecurrent.Builder(kind, UNITS)
            .direction(Direction.BOTH)
            .inputDropout(0.1)
            .recurrentDropout(0.1)
            .build();
    Layer last =
        new MaskedRecurrent.Builder(kind, UNITS)
            .direction(Direction.BACKWARD)
            .sequences(false)
            .build();
    return graph(
        builder(seed)
            .addLayer("embedding", embedding(), "ids")
            .addLayer("both", both, "embedding")
            .addLayer("last", last, "both")
            .addLayer("output", output(), "last"));
  }

  private static ComputationGraphConfiguration.GraphBuilder builder(long seed) {
    return new NeuralNetConfiguration.Builder()
        .seed(seed)
        .weightInit(WeightInit.XAVIER)
        .updater(new Adam(0.03))
        .graphBuilder()
        .addInputs("ids")
        .setInputTypes(InputType.recurrent(VOCABULARY));
  }

  private static ComputationGraph graph(ComputationGraphConfiguration.GraphBuilder builder) {
    ComputationGraph graph = new ComputationGraph(builder.setOutputs("output").build());
    graph.init();
    return graph;
  }

  private static TokenEmbedding embedding() {
    return new TokenEmbedding.Builder().nIn(VOCABULARY).nOut(SIZE).build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(new LossMCXENT())
        .nOut(LABELS)
        .activation(Activation.SOFTMAX)
        .build();
  }

  /** Texts of random ids, padded. */
  private record Batch(List<Integer> lengths, INDArray ids, INDArray mask, INDArray labels) {

    static Batch of(List<Integer> lengths) {
      Random random = new Random(2);
      int time = lengths.stream().mapToInt(Integer::intValue).max().orElseThrow();
      INDArray ids = Nd4j.zeros(lengths.size(), 1, time);
      INDArray mask = Nd4j.zeros(lengths.size(), time);
      INDArray labels = Nd4j.zeros(lengths.size(), LABELS);
      for (int row = 0; row < lengths.size(); row++) {
        labels.putScalar(row, row % LABELS, 1);
        for (int step = 0; step < lengths.get(row); step++) {
          ids.putScalar(row, 0, step, 1 + random.nextInt(VOCABULARY - 1));
          mask.putScalar(row, step, 1);
        }
      }
      return new Batch(new ArrayList<>(lengths), ids, mask, labels);
    }

    /** One text without its padding. */
    Batch row(int row) {
      int length = lengths.get(row);
      INDArray own = Nd4j.zeros(1, 1, length);
      for (int step = 0; step < length; step++) {
        own.putScalar(0, 0, step, ids.getFloat(row, 0, step));
      }
      return new Batch(List.of(length), own, Nd4j.ones(1, length), labels.getRow(row, true));
    }

    float[] outputs(ComputationGraph graph) {
      INDArray[] in = {ids};
      INDArray[] masks = {mask};
      return graph.output(false, in, masks, null)[0].dup('c').data().asFloat();
    }

    void gradients(ComputationGraph graph) {
      graph.setInputs(ids);
      graph.setLabels(labels);
      graph.setLayerMaskArrays(new INDArray[] {mask}, null);
      graph.computeGradientAndScore();
    }

    void fit(ComputationGraph graph) {
      INDArray[] in = {ids};
      INDArray[] wanted = {labels};
      INDArray[] masks = {mask};
      graph.fit(in, wanted, masks, null);
    }
  }
}
