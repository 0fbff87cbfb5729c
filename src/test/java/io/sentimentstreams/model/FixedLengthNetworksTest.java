package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlNode;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.schedule.FixedSchedule;

/** Graphs of networks that read texts of one length, padding included. */
final class FixedLengthNetworksTest {
  private static final int VOCABULARY = 30;
  private static final int LENGTH = 13;
  private static final NetworkSize SIZE = new NetworkSize(VOCABULARY, LENGTH, 2);

  static Stream<NetworkSpec> networks() {
    return Stream.of(
            """
            - conv1d: {filters: 5, width: 3, activation: relu}
            - max_pool: {size: 2}
            - conv1d: {filters: 4, width: 2, padding: same, activation: tanh}
            - dropout: {rate: 0.5}
            - flatten
            - dropout: {rate: 0.2}
            - dense: {units: 3, activation: relu}
            - dense: {units: 1, activation: sigmoid}
            """,
            """
            - lstm: {units: 4}
            - dense: {units: 1, activation: sigmoid}
            """,
            """
            - lstm: {units: 4, sequences: true}
            - bidirectional:
                lstm: {units: 3}
            - dense: {activation: softmax}
            """,
            """
            - bidirectional:
                rnn: {units: 4, sequences: true}
            - rnn: {units: 4}
            - dense: {activation: softmax}
            """,
            """
            - bidirectional:
                lstm: {units: 3, sequences: true}
            - time_distributed:
                dense: {units: 4, activation: relu}
            - global_average_pool
            - dense: {activation: softmax}
            """,
            """
            - time_distributed:
                dense: {units: 4, activation: tanh}
            - time_distributed:
                dense: {units: 2}
            - flatten
            - dense: {units: 5, activation: relu}
            - dense: {units: 5, activation: relu}
            - dense: {activation: softmax}
            """,
            """
            - conv1d: {filters: 6, width: 5, padding: same}
            - conv1d: {filters: 1, width: 3, padding: same}
            - global_average_pool
            - dense: {units: 1, activation: sigmoid}
            """)
        .map(layers -> "- embedding: {size: 6, mask_zero: false}\n" + layers)
        .map(layers -> LayerReader.network(YamlNode.parse(layers)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_anyText_equalPlainLoops(NetworkSpec network) {
    Weights weights = TestWeights.random(network, SIZE, 3);
    ComputationGraph graph = Networks.build(network, SIZE, null, 1);
    Networks.setWeights(graph, network, weights);
    List<int[]> texts = texts();

    float[][] actual = Networks.probabilities(graph, texts);

    for (int row = 0; row < texts.size(); row++) {
      double[] expected = ReferenceNetwork.probabilities(network, weights, texts.get(row));
      for (int label = 0; label < expected.length; label++) {
        assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-5));
      }
    }
    assertThat(Networks.weightsOf(graph, network)).isEqualTo(weights);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void fit_someSteps_learnsTheTexts(NetworkSpec network) {
    NetworkTraining training =
        new NetworkTraining(new FixedSchedule(0.02), 0, 0, 1, 0, 0, List.of(1.0, 1.0));
    ComputationGraph graph = Networks.build(network, SIZE, training, 5);
    float[][] wanted = {{1, 0}, {0, 1}, {1, 0}, {0, 1}};
    try (PaddedBatch batch = PaddedBatch.of(texts());
        INDArray targets = Networks.targets(network, wanted)) {
      for (int step = 0; step < 150; step++) {
        graph.fit(new INDArray[] {batch.ids()}, new INDArray[] {targets}, batch.masks(), null);
      }
    }

    float[][] probabilities = Networks.probabilities(graph, texts());

    for (int row = 0; row < wanted.length; row++) {
      assertThat(probabilities[row][row % 2]).isGreaterThan(0.8f);
    }
  }

  @Test
  void fit_frozenEmbedding_changesOnlyTheRest() {
    NetworkSpec network =
        LayerReader.network(
            YamlNode.parse(
                """
                - embedding: {size: 6, mask_zero: false, trainable: false}
                - lstm: {units: 4}
                - dense: {activation: softmax}
                """));
    NetworkTraining training =
        new NetworkTraining(new FixedSchedule(0.02), 0, 0, 1, 0, 0, List.of());
    ComputationGraph graph = Networks.build(network, SIZE, training, 5);
    Weights before = Networks.weightsOf(graph, network);
    try (PaddedBatch batch = PaddedBatch.of(texts());
        INDArray targets =
            Networks.targets(network, new float[][] {{1, 0}, {0, 1}, {1, 0}, {0, 1}})) {
      graph.fit(new INDArray[] {batch.ids()}, new INDArray[] {targets}, batch.masks(), null);
    }

    Weights after = Networks.weightsOf(graph, network);

    assertThat(after.tensor("embedding.weight")).isEqualTo(before.tensor("embedding.weight"));
    assertThat(after.tensor("lstm.kernel")).isNotEqualTo(before.tensor("lstm.kernel"));
  }

  @Test
  void build_weightedClassesAndOneSigmoidUnit_isRefused() {
    NetworkSpec network = networks().findFirst().orElseThrow();
    NetworkTraining training =
        new NetworkTraining(new FixedSchedule(0.02), 0, 0, 1, 0, 0, List.of(1.0, 2.0));

    assertThatThrownBy(() -> Networks.build(network, SIZE, training, 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("sigmoid", "softmax");
  }

  /** Four texts, the first ones with padding in front and at the end. */
  private static List<int[]> texts() {
    Random random = new Random(5);
    return Stream.of(0, 1, 2, 3)
        .map(
            row -> {
              int[] ids = random.ints(LENGTH, 1, VOCABULARY).toArray();
              if (row < 2) {
                ids[0] = 0;
                ids[1] = 0;
                ids[LENGTH - 1] = 0;
              }
              return ids;
            })
        .toList();
  }
}
