package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * Graphs of this project's layers, for the CPU, against those of Deeplearning4j's own, which a GPU
 * has: the same results and gradients from the same weights.
 */
final class StockLayersTest {
  private static final NetworkTraining TRAINING =
      new NetworkTraining(new FixedSchedule(1e-3), 0, 0, 1, 0, 0, List.of());
  private static final int VOCABULARY = 40;
  private static final int LABELS = 3;

  private record Trial(NetworkSpec spec, List<Integer> lengths) {}

  static Stream<Trial> trials() {
    List<NetworkSpec> specs =
        List.of(
            NetworkSpec.biLstm(6, 5, Pooling.MAX_AND_MEAN),
            NetworkSpec.conv1d(6, 7, 3, Pooling.MAX_AND_MEAN, 4),
            network("{bidirectional: {rnn: {units: 3, sequences: true}}}, global_max_pool"),
            network("{lstm: {units: 4, sequences: true}}, {bidirectional: {lstm: {units: 3}}}"),
            network(
                "{lstm: {units: 4, sequences: true}}, {time_distributed: {dense: {units: 3, activation: relu}}}, global_average_pool"));
    List<List<Integer>> lengths =
        List.of(List.of(9, 1, 4, 9, 2), List.of(7, 7, 7), List.of(1, 1), List.of(6));
    return specs.stream().flatMap(spec -> lengths.stream().map(each -> new Trial(spec, each)));
  }

  private static NetworkSpec network(String between) {
    return LayerReader.network(
        YamlNode.parse(
            "[{embedding: {size: 6}}, %s, {dense: {activation: softmax}}]".formatted(between)));
  }

  @ParameterizedTest
  @MethodSource("trials")
  void resultsAndGradients_sameWeights_areTheSame(Trial trial) {
    NetworkSpec spec = trial.spec();
    ComputationGraph own = build(spec, true);
    ComputationGraph stock = build(spec, false);
    Networks.setWeights(stock, spec, Networks.weightsOf(own, spec));
    List<int[]> texts = texts(trial.lengths());
    assertProbabilities(own, stock, texts);

    Weights actual = gradients(own, spec, texts);
    Weights expected = gradients(stock, spec, texts);

    assertThat(own.score()).isCloseTo(stock.score(), within(1e-5));
    for (String name : expected.names()) {
      float[] values = expected.tensor(name).values();
      assertThat(actual.tensor(name).values()).as(name).containsExactly(values, within(2e-5f));
    }
    float[] output = expected.tensor("output.kernel").values();
    assertThat(output).isNotEqualTo(new float[output.length]);
  }

  private static void assertProbabilities(
      ComputationGraph own, ComputationGraph stock, List<int[]> texts) {
    float[][] actual = Networks.probabilities(own, texts);
    float[][] expected = Networks.probabilities(stock, texts);
    for (int row = 0; row < expected.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], within(1e-5f));
    }
  }

  @Test
  void build_gruOfStockLayers_isRefusedWithARemedy() {
    NetworkSpec spec = network("{gru: {units: 4}}");
    assertThatThrownBy(() -> build(spec, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("gru", "CPU");
  }

  private static ComputationGraph build(NetworkSpec spec, boolean masked) {
    return Networks.build(spec, NetworkSize.of(VOCABULARY, LABELS), TRAINING, 3, masked);
  }

  /** The gradients under the names of the weights. */
  private static Weights gradients(ComputationGraph graph, NetworkSpec spec, List<int[]> texts) {
    try (PaddedBatch batch = PaddedBatch.of(texts)) {
      INDArray labels = Nd4j.zeros(texts.size(), LABELS);
      for (int row = 0; row < texts.size(); row++) {
        labels.putScalar(row, row % LABELS, 1);
      }
      graph.setInputs(batch.ids());
      graph.setLabels(labels);
      graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
      graph.computeGradientAndScore();
      graph.params().assign(graph.getFlattenedGradients());
      return Networks.weightsOf(graph, spec);
    }
  }

  private static List<int[]> texts(List<Integer> lengths) {
    Random random = new Random(5);
    List<int[]> texts = new ArrayList<>();
    for (int length : lengths) {
      texts.add(random.ints(length, 1, VOCABULARY).toArray());
    }
    return texts;
  }
}
