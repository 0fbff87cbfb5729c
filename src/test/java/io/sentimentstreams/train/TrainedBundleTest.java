package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.TextClassifier;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From training to a bundle on disk to labels. */
final class TrainedBundleTest {
  private static final Split SPLIT = GeneratedTexts.split(90, 30);

  static Stream<NetworkSpec> networks() {
    return Stream.of(GeneratedTexts.BILSTM, GeneratedTexts.CONV1D);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void evaluate_savedAndLoadedModel_givesTheMeasuresOfTraining(
      NetworkSpec network, @TempDir Path folder) {
    TrainingResult result = train(network);
    bundle(result).save(folder.resolve("model"), "# card\n");

    try (TextClassifier classifier =
        TextClassifier.open(folder.resolve("model"), BackendKind.AUTO, Device.CPU, 1)) {
      assertThat(Evaluation.evaluate("validation", classifier, SPLIT.validation()))
          .isEqualTo(result.validation());
    }
  }

  @Test
  void evaluate_labelThatTheModelLacks_namesIt() {
    List<LabelledText> texts = List.of(new LabelledText("text", "angry", null));

    try (TextClassifier classifier = classifier()) {
      assertThatThrownBy(() -> Evaluation.evaluate("mine.csv", classifier, texts))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("angry", "bad, good, plain");
    }
  }

  @Test
  void evaluate_noText_isRefused() {
    try (TextClassifier classifier = classifier()) {
      assertThatThrownBy(() -> Evaluation.evaluate("mine.csv", classifier, List.of()))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("mine.csv");
    }
  }

  private static TextClassifier classifier() {
    return TextClassifier.of(bundle(train(GeneratedTexts.CONV1D)), BackendKind.AUTO, Device.CPU, 1);
  }

  private static TrainingResult train(NetworkSpec network) {
    return new Trainer(() -> 0L)
        .train(
            SPLIT,
            GeneratedTexts.LABELS,
            GeneratedTexts.regularised(network),
            new TrainingListener() {},
            () -> false);
  }

  private static ModelBundle bundle(TrainingResult result) {
    TrainingSettings settings = result.settings();
    Provenance.DataDescription data =
        new Provenance.DataDescription(
            "generated",
            "0".repeat(64),
            120,
            new Provenance.SplitDescription(1, 0.25, 0, 90, 30, 0));
    return ModelBundle.create(
        new ModelSpec("generated", settings.network(), result.labels(), settings.text()),
        result.vocabulary(),
        result.weights(),
        Precision.F32,
        new Provenance(
            Instant.EPOCH,
            data,
            settings.seed(),
            new Provenance.Versions("0.1.0", "1.0.0-M2.1", "17", "Linux"),
            "none",
            settings.describe()),
        List.of(result.validation()));
  }
}
