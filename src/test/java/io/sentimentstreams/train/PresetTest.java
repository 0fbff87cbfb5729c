package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.EpochReport;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.TextSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each preset on its way from texts to scores, on few texts and for one epoch. */
final class PresetTest {
  /** Of a text; the networks of a thousand tokens need no less for their three poolings. */
  private static final int MOST_TOKENS = 200;

  /** What the compiled backend has. */
  private static final Set<String> COMPILED =
      Set.of(
          "tweets-bilstm", "tweets-conv1d", "tweets-general", "reviews-bilstm", "reviews-conv1d");

  static List<String> ids() {
    return Preset.IDS;
  }

  @ParameterizedTest
  @MethodSource("ids")
  void preset_trainedForAnEpoch_isEvaluatedSavedLoadedAndScores(String id, @TempDir Path folder) {
    Preset preset = Preset.of(id);
    Labels labels = labels(preset.file().labels());
    Split split = split(labels);

    TrainingResult result = train(preset, split, labels);
    ModelBundle bundle = bundle(id, result);
    bundle.save(folder.resolve("model"), "# card\n");

    List<Double> losses = result.epochs().stream().map(EpochReport::trainingLoss).toList();
    assertThat(losses).hasSize(1).allMatch(Double::isFinite);
    float[][] trained = scores(TextClassifier.of(bundle, BackendKind.DL4J, Device.CPU, 1), split);
    TextClassifier classifier =
        TextClassifier.open(folder.resolve("model"), BackendKind.AUTO, Device.CPU, 1);
    assertThat(classifier.backend().name()).isEqualTo(COMPILED.contains(id) ? "compiled" : "dl4j");
    Measures measures = Evaluation.evaluate("validation", classifier, split.validation());
    assertThat(measures.rows()).isEqualTo(split.validation().size());
    assertThat(measures.perClass()).hasSize(labels.size());
    float[][] loaded = scores(classifier, split);
    for (int row = 0; row < trained.length; row++) {
      assertThat(loaded[row]).hasSize(labels.size()).containsExactly(trained[row], within(1e-4f));
    }
    assertThat(Arrays.stream(loaded).map(Arrays::toString).distinct().count()).isGreaterThan(1);
  }

  /** The probabilities of the validation texts; closes the classifier. */
  private static float[][] scores(TextClassifier classifier, Split split) {
    try (classifier) {
      List<EncodedText> texts =
          split.validation().stream().map(text -> classifier.encode(text.text())).toList();
      return classifier
          .backend()
          .probabilities(texts.stream().map(EncodedText::ids).toArray(int[][]::new));
    }
  }

  private static TrainingResult train(Preset preset, Split split, Labels labels) {
    TextSettings text = preset.settings().text();
    TrainingSettings settings =
        preset.settings().toBuilder()
            .maximumEpochs(1)
            .batchSize(Math.min(16, preset.settings().batchSize()))
            .text(
                new TextSettings(
                    text.tokenizer(),
                    text.vocabularySize(),
                    text.minimumCount(),
                    Math.min(MOST_TOKENS, text.maximumTokens()),
                    text.truncation(),
                    text.padding()))
            .build();
    return new Trainer(() -> 0L)
        .train(split, labels, settings, new TrainingListener() {}, () -> false);
  }

  private static ModelBundle bundle(String id, TrainingResult result) {
    TrainingSettings settings = result.settings();
    return ModelBundle.create(
        new ModelSpec(
            id,
            settings.network(),
            result.labels(),
            settings.text(),
            result.scoring().calibration()),
        result.vocabulary(),
        result.weights(),
        result.scoring().ngrams(),
        Precision.F16,
        new Provenance(
            Instant.EPOCH,
            new Provenance.DataDescription(
                "generated",
                "0".repeat(64),
                60,
                new Provenance.SplitDescription(1, 0.25, 0, 40, 20, 0)),
            settings.seed(),
            new Provenance.Versions("0.1.0", "1.0.0-M2.1", "17", "Linux"),
            "none",
            settings.describe()),
        List.of(result.validation()));
  }

  private static Labels labels(int count) {
    return new Labels(IntStream.range(0, count).mapToObj(i -> "label" + letter(i)).toList());
  }

  private static Split split(Labels labels) {
    return new Split(
        texts(labels, Math.max(24, 2 * labels.size()), 1),
        texts(labels, Math.max(8, labels.size()), 2),
        List.of());
  }

  /** Labels in turn; each text has words of its label's among others. */
  private static List<LabelledText> texts(Labels labels, int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            i -> {
              int label = i % labels.size();
              String words =
                  Stream.generate(
                          () ->
                              (random.nextInt(3) == 0 ? "telling" + letter(label) : "filler")
                                  + letter(random.nextInt(4)))
                      .limit(1 + random.nextInt(30))
                      .collect(Collectors.joining(" "));
              return new LabelledText(words, labels.name(label), null);
            })
        .toList();
  }

  private static char letter(int index) {
    return (char) ('a' + index);
  }
}
