package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.FileDigest;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelManifest;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.text.TokenizerKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelCardTest {
  private static final Labels LABELS = new Labels(List.of("negative", "positive"));

  @Test
  void markdown_trainedModel_tellsWhatAReaderNeeds() {
    EpochReport epoch = new EpochReport(1, 0.71, 0.5, 0.61, 0.75, 0.73, 0.74, 9, true);
    ModelCard.Output output =
        new ModelCard.Output("so | so", Prediction.of(new float[] {0.25f, 0.75f}));

    String card =
        ModelCard.markdown(
            manifest("aclImdb_train.tar.gz", Preset.of("reviews-conv1d")),
            Map.of("validation", Reliability.of(new double[] {0.75}, new boolean[] {true})),
            List.of(epoch),
            List.of(output));

    assertThat(card)
        .startsWith("# reviews-conv1d\n")
        .contains("`negative`, `positive`")
        .contains("Validation: expected calibration error 0.2500, ")
        .contains("it is not calibrated")
        .contains("128 convolution filters over 3 tokens each")
        .contains("Maas et al.")
        .contains("seed 3: 80 texts to train on, 10 to validate on, 10 kept for a test")
        .contains("10 texts, accuracy 0.7000, macro recall 0.7000, macro F1 0.6970")
        .contains("| positive | 0.6667 | 0.8000 | 0.7273 | 5 |")
        .contains("| negative | 3 | 2 |")
        .contains("| 1 | 0.7100 | 0.6100 | 0.7500 | 0.7300 | 0.7400 |")
        .contains("| so \\| so | positive | 0.750 |")
        .contains("    sentiment train --data x")
        .contains("| learningRate | 0.002 |")
        .contains("Deeplearning4j 1.0.0-M2.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tweets-bilstm",
        "tweets-conv1d",
        "tweets-general",
        "reviews-bilstm",
        "reviews-conv1d"
      })
  void markdown_withoutEpochsAndOutputs_hasNoEmptyTable(String id) {
    Preset preset = Preset.of(id);
    String card = ModelCard.markdown(manifest("mine.csv", preset), Map.of(), List.of(), List.of());

    assertThat(card)
        .doesNotContain("Example outputs", "| epoch |", "null", "%")
        .contains("terms of this data are not known")
        .contains(preset.settings().network().code().equals("bilstm") ? "LSTM" : "filters");
  }

  @ParameterizedTest
  @EnumSource(TokenizerKind.class)
  void exampleTexts_eachTokenizer_areSeveral(TokenizerKind tokenizer) {
    assertThat(ModelCard.exampleTexts(tokenizer)).hasSizeGreaterThan(3).doesNotHaveDuplicates();
  }

  private static ModelManifest manifest(String data, Preset preset) {
    TrainingSettings settings = preset.settings();
    FileDigest digest = new FileDigest(1, "0".repeat(64));
    Provenance provenance =
        new Provenance(
            Instant.EPOCH,
            new Provenance.DataDescription(
                data,
                "1".repeat(64),
                100,
                new Provenance.SplitDescription(3, 0.1, 0.1, 80, 10, 10)),
            settings.seed(),
            new Provenance.Versions("0.1.0", "1.0.0-M2.1", "17", "Linux"),
            "sentiment train --data x",
            settings.describe());
    return new ModelManifest(
        ModelManifest.FORMAT_VERSION,
        new ModelSpec(preset.id(), settings.network(), LABELS, settings.text()),
        digest,
        digest,
        FileDigest.NONE,
        provenance,
        List.of(Evaluation.measures("validation", LABELS, new long[][] {{3, 2}, {1, 4}})),
        List.of());
  }
}
