package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Dl4jBackendTest extends InferenceBackendContractTest {
  @Override
  protected BackendKind kind() {
    return BackendKind.DL4J;
  }

  /** Besides what every backend has; found in place of the contract's own. */
  static Stream<NetworkSpec> networks() {
    return Stream.concat(
        InferenceBackendContractTest.networks(),
        Stream.of(
                """
                - gru: {units: 5}
                - dense: {activation: softmax}
                """,
                """
                - bidirectional:
                    gru: {units: 4, sequences: true, reset_after: false}
                - global_average_pool
                - dense: {activation: softmax}
                """,
                """
                - rnn: {units: 5}
                - dense: {activation: softmax}
                """,
                """
                - lstm: {units: 5, sequences: true}
                - lstm: {units: 4}
                - dense: {units: 3, activation: tanh}
                - dense: {activation: softmax}
                """,
                """
                - conv1d: {filters: 5, width: 4, padding: same, activation: relu}
                - gru: {units: 4}
                - dense: {activation: softmax}
                """)
            .map(layers -> network(true, layers)));
  }

  private static NetworkSpec network(boolean maskZero, String layers) {
    String embedding = "- embedding: {size: 6, mask_zero: %s}\n".formatted(maskZero);
    return LayerReader.network(YamlNode.parse(embedding + layers));
  }

  static Stream<NetworkSpec> networksOfOneLength() {
    return Stream.of(
            """
            - conv1d: {filters: 5, width: 3, activation: relu}
            - max_pool: {size: 2}
            - flatten
            - dense: {activation: softmax}
            """,
            """
            - time_distributed:
                dense: {units: 3, activation: tanh}
            - flatten
            - dense: {units: 4, activation: relu}
            - dense: {activation: softmax}
            """,
            """
            - dropout: {rate: 0.2}
            - conv1d: {filters: 5, width: 3, activation: relu}
            - max_pool: {size: 2}
            - gru: {units: 4}
            - dense: {activation: softmax}
            """,
            """
            - bidirectional:
                rnn: {units: 4, sequences: true}
            - global_max_pool
            - dense: {activation: softmax}
            """)
        .map(layers -> network(false, layers));
  }

  @ParameterizedTest
  @MethodSource("networksOfOneLength")
  void probabilities_paddedTexts_equalPlainLoopsOverThePadding(NetworkSpec network) {
    for (Padding padding : List.of(Padding.FRONT, Padding.BACK)) {
      ModelBundle bundle = padded(network, padding);
      TextEncoder encoder = new TextEncoder(bundle.manifest().model().text(), bundle.vocabulary());
      int[][] texts =
          Stream.of(0, 1, 4, 11, 12, 30)
              .map(words -> encoder.encode(words(words)).ids())
              .toArray(int[][]::new);
      try (InferenceBackend backend = Backends.open(bundle, kind(), Device.CPU, 1)) {
        float[][] actual = backend.probabilities(texts);

        for (int row = 0; row < texts.length; row++) {
          assertThat(texts[row]).hasSize(TOKENS);
          double[] expected = ReferenceNetwork.probabilities(network, bundle.weights(), texts[row]);
          assertThat(actual[row]).hasSize(expected.length);
          for (int label = 0; label < expected.length; label++) {
            assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-5));
          }
        }
      }
    }
  }

  private static final int TOKENS = 12;

  /** A model that reads twelve tokens, padding included. */
  private static ModelBundle padded(NetworkSpec network, Padding padding) {
    TextSettings text =
        new TextSettings(
            TokenizerKind.WORDS, TestBundles.VOCABULARY, 1, TOKENS, Truncation.KEEP_TAIL, padding);
    ModelSpec model = new ModelSpec("test", network, TestBundles.LABELS, text);
    return ModelBundle.create(
        model,
        TestBundles.vocabulary(),
        TestWeights.random(network, model.size(TestBundles.VOCABULARY), 3),
        Precision.F32,
        TestBundles.provenance(),
        List.of());
  }

  private static String words(int count) {
    List<String> words = new ArrayList<>();
    IntStream.range(0, count).forEach(i -> words.add(TestBundles.word(i * 7 % 40)));
    return String.join(" ", words);
  }

  @Test
  void computedTokens_farApartLengths_padWithinBucketsOnly() {
    ModelBundle bundle = TestBundles.random(TestBundles.CONV1D, Precision.F32);
    try (InferenceBackend backend = Backends.open(bundle, kind(), Device.AUTO, 1)) {
      // One step's fixed work is worth padding three tokens, but not a thousand.
      assertThat(backend.computedTokens(new int[] {2, 1000, 3, 3})).isEqualTo(1009);
    }
  }

  /** Deeplearning4j has no GRU. */
  static Stream<NetworkSpec> networksOfItsOwnLayers() {
    return networks().filter(network -> !network.code().contains("gru"));
  }

  @ParameterizedTest
  @MethodSource("networksOfItsOwnLayers")
  void probabilities_ofItsOwnLayersPaddedToTheLongest_equalThoseOfThisProjects(
      NetworkSpec network) {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);
    int[][] texts = texts(9, 2, 100, 3, 3);
    try (InferenceBackend usual = Backends.open(bundle, kind(), Device.CPU, 1);
        InferenceBackend plain = Backends.openPlain(bundle, kind(), Device.CPU, 1, 1)) {
      float[][] expected = usual.probabilities(texts);
      float[][] actual = plain.probabilities(texts);

      for (int row = 0; row < texts.length; row++) {
        assertThat(actual[row]).containsExactly(expected[row], within(1e-5f));
      }
      assertThat(plain.computedTokens(new int[] {2, 100, 3, 3})).isEqualTo(4 * 100);
    }
  }

  @Test
  void memoryBytes_twoAtATime_areTwiceThoseOfOne() {
    ModelBundle bundle = TestBundles.random(TestBundles.BILSTM, Precision.F32);
    long weights =
        4L * bundle.weights().tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
    try (InferenceBackend one = Backends.open(bundle, kind(), Device.AUTO, 1);
        InferenceBackend two = Backends.open(bundle, kind(), Device.AUTO, 2)) {
      assertThat(one.memoryBytes()).isEqualTo(weights);
      assertThat(two.memoryBytes()).isEqualTo(2 * weights);
    }
  }
}
