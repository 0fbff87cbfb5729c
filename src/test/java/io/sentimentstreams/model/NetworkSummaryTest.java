package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NetworkSummaryTest {
  private static NetworkSummary summary(String yaml, int vocabulary, int length, int labels) {
    return NetworkSummary.of(
        LayerReader.network(YamlNode.parse(yaml)), new NetworkSize(vocabulary, length, labels));
  }

  @Test
  void of_kerasExampleOfImdb_hasItsParameters() {
    NetworkSummary summary =
        summary(
            """
            - embedding: {size: 128, mask_zero: false}
            - lstm: {units: 128, dropout: 0.2, recurrent_dropout: 0.2}
            - dense: {units: 1, activation: sigmoid}
            """,
            20_000,
            80,
            2);

    assertThat(summary.layers())
        .extracting(NetworkSummary.Layer::parameters)
        .containsExactly(2_560_000L, 131_584L, 129L);
    assertThat(summary.parameters()).isEqualTo(2_691_713);
  }

  @ParameterizedTest
  @CsvSource({
    "'lstm: {units: 50, sequences: true}', 2599370",
    "'gru: {units: 50, sequences: true, reset_after: false}', 2590420",
    // A bias for the recurrent product: 3 * 50 numbers.
    "'gru: {units: 50, sequences: true}', 2590570",
    "'rnn: {units: 50, sequences: true}', 2572520",
  })
  void of_pooledRecurrentNetworksOfNews_haveKerasParameters(String layer, long parameters) {
    NetworkSummary summary =
        summary(
            """
            - embedding: {size: 128, mask_zero: false}
            - %s
            - global_max_pool
            - dropout: {rate: 0.5}
            - dense: {units: 50, activation: relu}
            - dropout: {rate: 0.5}
            - dense: {activation: softmax}
            """
                .formatted(layer),
            20_000,
            100,
            20);

    assertThat(summary.parameters()).isEqualTo(parameters);
  }

  @Test
  void of_convolutionsAndPools_givesKerasShapes() {
    NetworkSummary summary =
        summary(
            """
            - embedding: {size: 100, mask_zero: false}
            - conv1d: {filters: 128, width: 5, activation: relu}
            - max_pool: {size: 5}
            - bidirectional:
                rnn: {units: 16, sequences: true}
            - time_distributed:
                dense: {units: 6}
            - flatten
            - dense: {activation: softmax}
            """,
            20_000,
            1_000,
            20);

    assertThat(summary.layers())
        .extracting(layer -> layer.name() + " " + layer.type() + " " + layer.output())
        .containsExactly(
            "embedding embedding [1000, 100]",
            "conv1d conv1d [996, 128]",
            "max_pool max_pool [199, 128]",
            "rnn bidirectional rnn [199, 32]",
            "time_distributed time_distributed dense [199, 6]",
            "flatten flatten [1194]",
            "output dense [20]");
    assertThat(summary.layers())
        .extracting(NetworkSummary.Layer::parameters)
        .containsExactly(2_000_000L, 64_128L, 0L, 4_640L, 198L, 0L, 23_900L);
  }

  @Test
  void of_textsOfTheirOwnLengths_leavesTimeOpen() {
    NetworkSummary summary =
        NetworkSummary.of(NetworkSpec.biLstm(8, 4, Pooling.MAX_AND_MEAN), NetworkSize.of(10, 3));

    assertThat(summary.layers())
        .extracting(layer -> layer.output().toString())
        .containsExactly("[time, 8]", "[time, 8]", "[16]", "[3]");
  }

  @ParameterizedTest
  @CsvSource({"4, layer 2 (conv1d): width is 5", "9, layer 3 (max_pool): size is 6"})
  void of_textTooShortForALayer_namesIt(int length, String message) {
    assertThatThrownBy(
            () ->
                summary(
                    """
                    - embedding: {size: 3, mask_zero: false}
                    - conv1d: {filters: 2, width: 5}
                    - max_pool: {size: 6}
                    - global_max_pool
                    - dense: {activation: softmax}
                    """,
                    10,
                    length,
                    2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("time steps are left");
  }

  @Test
  void requireLabels_otherNumberOfLabels_saysWhatToGive() {
    NetworkSpec sigmoid =
        LayerReader.network(
            YamlNode.parse(
                "[{embedding: {size: 2}}, global_max_pool, {dense: {units: 1, activation: sigmoid}}]"));

    NetworkRules.requireLabels(sigmoid, 2);
    assertThatThrownBy(() -> NetworkRules.requireLabels(sigmoid, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "network: layer 3 (dense): is for 2 labels, but there are 3; give units: 3 and activation: softmax, or leave units out");
  }
}
