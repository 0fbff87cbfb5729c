package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.ModelSpec;
import io.sentimentstreams.model.Precision;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.train.Preset;
import io.sentimentstreams.train.Trainer;
import io.sentimentstreams.train.TrainingListener;
import io.sentimentstreams.train.TrainingResult;
import io.sentimentstreams.train.TrainingSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Presets that only Deeplearning4j serves, in the stream. */
final class PresetStreamTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of("a good film", "a bad film", "good", "bad bad bad", "unheard words only");

  @ParameterizedTest
  @ValueSource(strings = {"imdb-conv-gru", "imdb-conv", "birnn"})
  void events_ofALoadedPreset_areLabelledAsTheModelScores(String id, @TempDir Path folder)
      throws IOException {
    bundle(id).save(folder.resolve("model"), "# card\n");
    TextClassifier classifier =
        TextClassifier.open(folder.resolve("model"), BackendKind.AUTO, Device.CPU, 1);
    assertThat(classifier.backend().name()).isEqualTo("dl4j");
    List<Prediction> expected = classifier.predict(TEXTS.stream().map(classifier::encode).toList());
    try (Labeller labeller = new ClassifierLabeller(classifier);
        TopologyTestDriver driver = driver(labeller)) {
      for (String text : TEXTS) {
        byte[] event = "{\"text\":\"%s\"}".formatted(text).getBytes(UTF_8);
        driver
            .createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer())
            .pipeInput(new TestRecord<>(null, event));
      }

      List<byte[]> outputs =
          driver
              .createOutputTopic(
                  "tweets.sentiment", new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readValuesToList();
      assertThat(outputs).hasSize(TEXTS.size());
      for (int i = 0; i < outputs.size(); i++) {
        JsonNode labelled = JSON.readTree(outputs.get(i));
        Prediction prediction = expected.get(i);
        assertThat(labelled.get("label").asText())
            .isEqualTo(classifier.labels().name(prediction.label()));
        assertThat(labelled.get("score").floatValue()).isCloseTo(prediction.score(), within(1e-5f));
      }
    }
  }

  private static TopologyTestDriver driver(Labeller labeller) {
    StreamSettings settings = TestSettings.with();
    Properties properties = new Properties();
    properties.putAll(StreamProperties.of(settings, () -> {}, new NarrowFrames()));
    return new TopologyTestDriver(
        SentimentTopology.build(
            settings,
            TestSlots.of(settings, labeller, new SimpleMeterRegistry(), Instant.EPOCH, () -> 0),
            (route, slot) -> TestGuards.strict(),
            route -> Optional.empty(),
            route -> Optional.empty(),
            () -> 0),
        properties);
  }

  /** The preset, trained for one epoch on few texts. */
  private static ModelBundle bundle(String id) {
    TrainingSettings settings = Preset.of(id).settings().toBuilder().maximumEpochs(1).build();
    Labels labels = new Labels(List.of("negative", "positive"));
    Split split = new Split(texts(16), texts(4), List.of());
    TrainingResult result =
        new Trainer(() -> 0L)
            .train(split, labels, settings, new TrainingListener() {}, () -> false);
    return ModelBundle.create(
        new ModelSpec(
            id, settings.network(), labels, settings.text(), result.scoring().calibration()),
        result.vocabulary(),
        result.weights(),
        Precision.F16,
        new Provenance(
            Instant.EPOCH,
            new Provenance.DataDescription(
                "none", "0".repeat(64), 20, new Provenance.SplitDescription(0, 0.2, 0, 16, 4, 0)),
            0,
            new Provenance.Versions("test", "none", "none", "none"),
            "none",
            settings.describe()),
        List.of(result.validation()));
  }

  private static List<LabelledText> texts(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                i % 2 == 0
                    ? new LabelledText("a bad film " + i, "negative", null)
                    : new LabelledText("a good film " + i, "positive", null))
        .toList();
  }
}
