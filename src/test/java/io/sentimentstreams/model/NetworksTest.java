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

final class NetworksTest {
  private static final int VOCABULARY = 40;
  private static final int LABELS = 3;

  static Stream<NetworkSpec> specs() {
    return Stream.of(
        NetworkSpec.biLstm(6, 5, Pooling.MAX),
        NetworkSpec.biLstm(6, 5, Pooling.MAX_AND_MEAN),
        NetworkSpec.conv1d(6, 7, 3, Pooling.MAX, 0),
        NetworkSpec.conv1d(6, 7, 4, Pooling.MAX_AND_MEAN, 0),
        NetworkSpec.conv1d(6, 7, 5, Pooling.MAX_AND_MEAN, 4),
        NetworkSpec.conv1d(6, 7, 1, Pooling.MAX, 4),
        layers(
            "{gru: {units: 4, sequences: true, dropout: 0.2, recurrent_dropout: 0.2}}, {bidirectional: {gru: {units: 3, reset_after: true}}}"),
        layers(
            "{bidirectional: {gru: {units: 3, reset_after: false, sequences: true}}}, global_max_average_pool"),
        layers("{rnn: {units: 4, sequences: true}}, {bidirectional: {rnn: {units: 3}}}"),
        layers("{bidirectional: {rnn: {units: 3, sequences: true}}}, global_max_average_pool"),
        layers(
            "{lstm: {units: 4, sequences: true}}, {bidirectional: {lstm: {units: 3}}}, {dense: {units: 5, activation: tanh}}"),
        layers(
            "{lstm: {units: 4, sequences: true}}, {time_distributed: {dense: {units: 3, activation: relu}}}, global_average_pool"),
        layers(
            "{conv1d: {filters: 5, width: 3, padding: same, activation: sigmoid}}, {dropout: {rate: 0.3}}, {conv1d: {filters: 4, width: 4, padding: same}}, {bidirectional: {lstm: {units: 3, sequences: true}}}, {conv1d: {filters: 4, width: 2, padding: same}}, global_max_average_pool, {dropout: {rate: 0.3}}"),
        layers(
            "{conv1d: {filters: 5, width: 3, padding: same, activation: sigmoid}}, {conv1d: {filters: 4, width: 4, padding: same}}, global_max_average_pool"),
        layers(
            "{bidirectional: {lstm: {units: 3, sequences: true}}}, {conv1d: {filters: 4, width: 2, padding: same}}, global_max_average_pool"),
        layers(
            "{conv1d: {filters: 5, width: 3, padding: same, activation: sigmoid}}, {bidirectional: {lstm: {units: 3, sequences: true}}}, global_max_average_pool"));
  }

  private static NetworkSpec layers(String between) {
    return LayerReader.network(
        YamlNode.parse(
            "[{embedding: {size: 6}}, %s, {dense: {activation: softmax}}]".formatted(between)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void probabilities_batchOfMixedLengths_equalsEachTextAlone(NetworkSpec spec) {
    ComputationGraph graph = randomGraph(spec, 7);
    List<int[]> texts = texts(9);

    float[][] together = Networks.probabilities(graph, texts);

    for (int row = 0; row < texts.size(); row++) {
      float[] alone = Networks.probabilities(graph, List.of(texts.get(row)))[0];
      assertThat(together[row]).containsExactly(alone, within(1e-5f));
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void probabilities_anyText_equalPlainLoops(NetworkSpec spec) {
    ComputationGraph graph = randomGraph(spec, 11);
    Weights weights = Networks.weightsOf(graph, spec);
    List<int[]> texts = texts(12);

    float[][] actual = Networks.probabilities(graph, texts);

    for (int row = 0; row < texts.size(); row++) {
      double[] expected = ReferenceNetwork.probabilities(spec, weights, texts.get(row));
      for (int label = 0; label < LABELS; label++) {
        assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("specs")
  void setWeights_weightsOfAnotherGraph_givesItsResults(NetworkSpec spec) {
    ComputationGraph source = randomGraph(spec, 1);
    ComputationGraph target = randomGraph(spec, 2);
    List<int[]> texts = texts(5);

    Networks.setWeights(target, spec, Networks.weightsOf(source, spec));

    assertThat(target.params()).isEqualTo(source.params());
    assertThat(Networks.probabilities(target, texts))
        .isDeepEqualTo(Networks.probabilities(source, texts));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void setWeights_ofAGraphBuiltForTraining_givesItsResults(NetworkSpec spec) {
    ComputationGraph trained = Networks.build(spec, VOCABULARY, LABELS, training(), 3);
    ComputationGraph plain = Networks.build(spec, VOCABULARY, LABELS, null, 4);
    List<int[]> texts = texts(4);

    Networks.setWeights(plain, spec, Networks.weightsOf(trained, spec));

    float[][] expected = Networks.probabilities(trained, texts);
    float[][] actual = Networks.probabilities(plain, texts);
    for (int row = 0; row < expected.length; row++) {
      assertThat(actual[row]).containsExactly(expected[row], within(1e-6f));
    }
    Weights back = Networks.weightsOf(plain, spec);
    Networks.setWeights(trained, spec, back);
    assertThat(Networks.weightsOf(trained, spec)).isEqualTo(back);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void fit_paddedBatch_leavesPaddingAtZero(NetworkSpec spec) {
    ComputationGraph graph = Networks.build(spec, VOCABULARY, LABELS, training(), 3);
    INDArray labels = Nd4j.create(new float[][] {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}});
    Weights before = Networks.weightsOf(graph, spec);

    for (int step = 0; step < 5; step++) {
      try (PaddedBatch batch = PaddedBatch.of(texts(4))) {
        graph.fit(new INDArray[] {batch.ids()}, new INDArray[] {labels}, batch.masks(), null);
      }
    }

    float[] table = Networks.weightsOf(graph, spec).tensor("embedding.weight").values();
    assertThat(table).isNotEqualTo(before.tensor("embedding.weight").values());
    for (int i = 0; i < spec.embeddingSize(); i++) {
      assertThat(table[i]).isZero();
    }
  }

  @Test
  void setWeights_tensorOfAnotherShape_namesIt() {
    NetworkSpec spec = NetworkSpec.biLstm(6, 5, Pooling.MAX);
    ComputationGraph graph = randomGraph(spec, 1);
    ComputationGraph larger = Networks.build(spec, VOCABULARY + 1, LABELS, null, 1);

    assertThatThrownBy(() -> Networks.setWeights(graph, spec, Networks.weightsOf(larger, spec)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("embedding.weight", "[41, 6]", "[40, 6]");
  }

  @Test
  void setWeights_weightsOfAnotherNetwork_namesTheTensors() {
    NetworkSpec lstm = NetworkSpec.biLstm(6, 5, Pooling.MAX);
    NetworkSpec convolution = NetworkSpec.conv1d(6, 5, 3, Pooling.MAX, 0);
    Weights weights = Networks.weightsOf(randomGraph(lstm, 1), lstm);
    ComputationGraph graph = randomGraph(convolution, 1);

    assertThatThrownBy(() -> Networks.setWeights(graph, convolution, weights))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("lstm.forward.kernel", "conv1d.kernel");
  }

  @Test
  void of_textWithoutIds_isRefused() {
    List<int[]> texts = List.of(new int[] {1}, new int[] {});
    assertThatThrownBy(() -> PaddedBatch.of(texts)).isInstanceOf(IllegalArgumentException.class);
  }

  /** A graph whose every weight, biases included, is random; padding is a zero vector. */
  private static ComputationGraph randomGraph(NetworkSpec spec, long seed) {
    ComputationGraph graph = Networks.build(spec, VOCABULARY, LABELS, null, seed);
    Random random = new Random(seed);
    Weights weights = Networks.weightsOf(graph, spec);
    List<Tensor> tensors = new ArrayList<>();
    for (String name : weights.names()) {
      float[] values = weights.tensor(name).values().clone();
      int first = name.equals("embedding.weight") ? spec.embeddingSize() : 0;
      for (int i = first; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() * 0.5);
      }
      tensors.add(new Tensor(name, weights.tensor(name).shape(), values));
    }
    Networks.setWeights(graph, spec, Weights.of(tensors));
    return graph;
  }

  private static NetworkTraining training() {
    return new NetworkTraining(
        new FixedSchedule(0.01), 0.2, 0.2, 4, 1e-4, 1, List.of(1.0, 2.0, 0.5));
  }

  /** Texts of 1 to {@code count} tokens, longest first, then one of a single token. */
  private static List<int[]> texts(int count) {
    Random random = new Random(5);
    List<int[]> texts = new ArrayList<>();
    for (int length = count; length >= 1; length--) {
      texts.add(random.ints(length, 1, VOCABULARY).toArray());
    }
    return texts;
  }
}
