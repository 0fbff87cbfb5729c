package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Gru;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.RecurrentSpec.Rnn;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import io.sentimentstreams.yaml.YamlNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LayerReaderTest {
  private static final String EVERY_LAYER =
      """
      - embedding: {size: 100, mask_zero: false, trainable: false}
      - dropout: {rate: 0.2}
      - conv1d: {filters: 64, width: 5, activation: relu}
      - max_pool: {size: 4}
      - bidirectional:
          lstm: {units: 8, sequences: true, dropout: 0.1, recurrent_dropout: 0.3}
      - gru: {units: 7, sequences: true, reset_after: false}
      - time_distributed:
          dense:
            units: 6
            activation: tanh
      - rnn: {units: 5, sequences: true}
      - flatten
      - dense: {units: 1, activation: sigmoid}
      """;

  private static NetworkSpec read(String yaml) {
    return LayerReader.network(YamlNode.parse(yaml));
  }

  @Test
  void network_everyLayer_isRead() {
    assertThat(read(EVERY_LAYER).layers())
        .containsExactly(
            new Embedding(100, false, false),
            new Dropout(0.2),
            new Conv1d(64, 5, ConvolutionPadding.VALID, LayerActivation.RELU),
            new MaxPool(4),
            new Bidirectional(new Lstm(8, true, 0.1, 0.3)),
            new Gru(7, true, 0, 0, false),
            new TimeDistributed(new Dense(6, LayerActivation.TANH)),
            new Rnn(5, true, 0, 0),
            new Flatten(),
            new Dense(1, LayerActivation.SIGMOID));
  }

  @Test
  void network_fieldsLeftOut_areKerasDefaultsButForTheMask() {
    NetworkSpec network =
        read(
            """
            - embedding: {size: 2}
            - gru: {units: 3}
            - dense: {activation: softmax}
            """);

    assertThat(network.layers())
        .containsExactly(
            new Embedding(2, true, true),
            new Gru(3, false, 0, 0, true),
            new Dense(0, LayerActivation.SOFTMAX));
  }

  @Test
  void network_writtenAsJson_isReadBack() throws IOException {
    NetworkSpec network = read(EVERY_LAYER);

    byte[] json = Json.STRICT.writeValueAsBytes(network);

    assertThat(Json.STRICT.readValue(json, NetworkSpec.class)).isEqualTo(network);
    assertThat(Json.STRICT.writeValueAsString(NetworkSpec.biLstm(4, 3, Pooling.MAX)))
        .isEqualTo(
            "[{\"embedding\":{\"size\":4,\"mask_zero\":true,\"trainable\":true}},"
                + "{\"bidirectional\":{\"lstm\":{\"units\":3,\"sequences\":true,\"dropout\":0.0,"
                + "\"recurrent_dropout\":0.0}}},{\"global_max_pool\":{}},"
                + "{\"dense\":{\"activation\":\"softmax\"}}]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "conv1d: {filters: 64 | conv1d: {kernel_size: 64 | line 3: layer 3 (conv1d): kernel_size is no field of it; what Keras calls kernel_size is width here",
        "conv1d: {filters: 64 | conv1d: {filtres: 64 | line 3: layer 3 (conv1d): filtres is no field of it; did you mean filters?",
        "max_pool: {size: 4} | maxpool: {size: 4} | line 4: layer 4 (maxpool): there is no such layer here; did you mean max_pool?",
        "max_pool: {size: 4} | attention: {size: 4} | line 4: layer 4 (attention): there is no such layer here; there are embedding, conv1d,",
        "max_pool: {size: 4} | max_pool: | line 4: layer 4 (max_pool): size is missing",
        "max_pool: {size: 4} | max_pool | line 4: layer 4 (max_pool): size is missing",
        "max_pool: {size: 4} | max_pool: 4 | line 4: layer 4 (max_pool): needs fields such as \"name: value\", but is 4",
        "units: 6 | units: six | line 10: layer 7 (time_distributed), dense: units is \"six\", but must be a whole number",
        "units: 6 | units: 6.5 | line 10: layer 7 (time_distributed), dense: units is 6.5, but must be a whole number",
        "units: 6 | units: 0 | line 10: layer 7 (time_distributed), dense: units is 0, but must be from 1 to 65536",
        "units: 6 | units: 99999999999 | line 10: layer 7 (time_distributed), dense: units is 99999999999, but",
        "activation: tanh | activation: tahn | line 11: layer 7 (time_distributed), dense: activation is \"tahn\", but must be one of linear, relu,",
        "activation: tanh | activation: softmax | line 11: layer 7 (time_distributed), dense: activation is softmax, but that is for the last layer",
        "lstm: {units: 8 | lstn: {units: 8 | line 6: layer 5 (bidirectional): lstn is no field of it; did you mean lstm?",
        "recurrent_dropout: 0.3 | recurrent_dropout: 1.3 | line 6: layer 5 (bidirectional), lstm: recurrent_dropout is 1.3, but must be at least 0",
        "reset_after: false | reset_after: 1 | line 7: layer 6 (gru): reset_after is 1, but must be true or false",
        "- flatten | - flatten: {size: 1} | line 13: layer 9 (flatten): has no fields, but there is size",
        "- flatten | - global_max_pool: [1] | line 13: layer 9 (global_max_pool): needs fields such as",
        "- flatten | - [flatten] | line 13: layer 9: needs one type with its fields, such as",
        "mask_zero: false | mask_zero: true | line 3: layer 3 (conv1d): padding valid needs texts of one length: set mask_zero: false",
        "rnn: {units: 5, sequences: true} | rnn: {units: 5} | line 13: layer 9 (flatten): needs the features of all time steps, but the layer before gives one vector [5]",
        "- flatten | - dropout: {rate: 0.5} | line 14: layer 10 (dense): takes one vector, but the layer before gives the features of all time steps [time, 5]",
        "units: 1, activation: sigmoid | units: 2, activation: sigmoid | line 14: layer 10 (dense): a network ends with a dense layer of softmax, or of one sigmoid unit",
        "- dropout: {rate: 0.2} | - embedding: {size: 3} | line 2: layer 2 (embedding): takes token ids: it can only be the first layer",
        "- embedding: | - dense: | line 1: layer 1 (dense): size is no field of it; there are units, activation",
      })
  void network_mistake_namesLineLayerAndRemedy(String right, String wrong, String message) {
    assertThat(EVERY_LAYER).contains(right);

    assertThatThrownBy(() -> read(EVERY_LAYER.replace(right, wrong)))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "NONE",
      value = {
        "NONE | line 1: network: needs a list of layers, but is null",
        "layers: | line 1: network: needs a list of layers, but is a list of fields",
        "[] | network: has 0 layers, but must have from 1 to 100",
        "[dense, | line 1: ",
        "- dense: {units: 1, units: 2} | line 1: ",
        "[{dense: {units: 3, activation: softmax}}] | line 1: layer 1 (dense): a network begins with an embedding",
      })
  void network_noList_saysWhatIsNeeded(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml == null ? "" : yaml))
        .isInstanceOf(InvalidInputException.class)
        .message()
        .startsWith(message)
        .doesNotContain("\n");
  }

  @Test
  void network_denseLayersBeforeTheLast_needUnitsAndNoSoftmax() {
    String yaml =
        """
        - embedding: {size: 2}
        - global_max_pool
        - dense: {%s}
        - dense: {activation: softmax}
        """;

    assertThatThrownBy(() -> read(yaml.formatted("activation: relu")))
        .hasMessage("line 3: layer 3 (dense): units is missing");
    assertThatThrownBy(() -> read(yaml.formatted("units: 2, activation: softmax")))
        .hasMessage(
            "line 3: layer 3 (dense): activation is softmax, but that is for the last layer");
  }

  @Test
  void names_severalLayersOfAKind_areNumberedFromTheSecondOn() {
    NetworkSpec network =
        new NetworkSpec(
            List.of(
                new Embedding(2, true, true),
                new Conv1d(3, 2, ConvolutionPadding.SAME, LayerActivation.TANH),
                new Conv1d(3, 2, ConvolutionPadding.SAME, LayerActivation.TANH),
                new Bidirectional(new Lstm(2, false, 0, 0)),
                new Dense(4, LayerActivation.RELU),
                new Dense(4, LayerActivation.RELU),
                new Dense(4, LayerActivation.SOFTMAX)));

    assertThat(network.names())
        .containsExactly("embedding", "conv1d", "conv1d_2", "lstm", "hidden", "hidden_2", "output");
    assertThat(network.code()).isEqualTo("conv1d-bilstm");
    assertThat(TensorLayout.of(network, 9, 4))
        .containsEntry("conv1d_2.kernel", new int[] {2, 3, 3})
        .containsEntry("lstm.backward.recurrent_kernel", new int[] {2, 8})
        .containsEntry("hidden_2.bias", new int[] {4});
  }
}
