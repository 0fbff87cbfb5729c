package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Labelled events with their words, of the shipped models. */
final class ExplainedStreamTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEXT = "thank you for the great crew, awful delay";

  private static ClassifierLabeller convolution;
  private static ClassifierLabeller lstm;

  private final AtomicLong nanos = new AtomicLong();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @BeforeAll
  static void open() {
    convolution = labeller("tweets-conv1d");
    lstm = labeller("tweets-bilstm");
  }

  @AfterAll
  static void close() {
    convolution.close();
    lstm.close();
  }

  private static ClassifierLabeller labeller(String model) {
    return new ClassifierLabeller(
        TextClassifier.open(Path.of("models", model), BackendKind.AUTO, Device.CPU, 1));
  }

  private static JsonNode labelled(Labeller model, String... settings) throws IOException {
    StreamSettings all = TestSettings.with(settings);
    Properties properties = new Properties();
    properties.putAll(StreamProperties.of(all, () -> {}, new NarrowFrames()));
    try (TopologyTestDriver driver =
        new TopologyTestDriver(
            SentimentTopology.build(
                all,
                TestSlots.of(all, model, new SimpleMeterRegistry(), Instant.EPOCH, () -> 0),
                (route, slot) -> TestGuards.strict(),
                route -> Optional.empty(),
                route -> Optional.empty(),
                () -> 0),
            properties)) {
      driver
          .createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer())
          .pipeInput(new TestRecord<>(null, "{\"text\":\"%s\"}".formatted(TEXT).getBytes(UTF_8)));
      return JSON.readTree(
          driver
              .createOutputTopic(
                  "tweets.sentiment", new ByteArrayDeserializer(), new ByteArrayDeserializer())
              .readValue());
    }
  }

  @Test
  void event_ofARouteThatExplains_hasItsTokensAndTheirSum() throws IOException {
    for (Labeller model : List.of(convolution, lstm)) {
      JsonNode event = labelled(model, "routes.tweets.explain", "true");
      double sum = event.get("rest").asDouble();
      for (JsonNode token : event.get("tokens")) {
        sum += token.get("contribution").asDouble();
        assertThat(TEXT.substring(token.get("start").asInt(), token.get("end").asInt()))
            .isEqualTo(token.get("text").asText());
      }
      JsonNode probabilities = event.get("probabilities");
      double odds =
          probabilities.get(event.get("label").asText()).asDouble()
              / probabilities.get(event.get("against").asText()).asDouble();
      assertThat(event.get("tokens")).hasSize(8);
      assertThat(sum).isCloseTo(Math.log(odds), within(1e-2));
    }
  }

  @Test
  void event_ofARouteThatDoesNot_hasNone() throws IOException {
    assertThat(labelled(convolution).has("tokens")).isFalse();
  }

  @Test
  void event_withACount_hasTheStrongestTokens() throws IOException {
    JsonNode event = labelled(convolution, "routes.tweets.explain", "2");

    assertThat(event.get("tokens")).hasSize(2);
    assertThat(event.get("tokens").findValuesAsText("text")).contains("great");
  }

  private RowExplanations.OfFrame frame(
      Labeller model, Function<List<EncodedText>, List<Prediction>> network) {
    Route route =
        TestSettings.with("routes.tweets.explain", "true").routes().stream()
            .filter(one -> one.name().equals("tweets"))
            .findFirst()
            .orElseThrow();
    return new RowExplanations(
            route,
            model,
            network,
            Optional.of(new Meters(registry).explanations("tweets")),
            Duration.ofSeconds(1),
            nanos::get)
        .begin();
  }

  private double explanations(String outcome) {
    return registry.get(Meters.EXPLANATIONS).tag(Meters.OUTCOME, outcome).counter().count();
  }

  @Test
  void explanation_thatFails_leavesTheRestOfTheFrameWithout() {
    RowExplanations.OfFrame frame =
        frame(
            lstm,
            rows -> {
              throw new IllegalStateException("the network fails");
            });
    EncodedText encoded = lstm.encode(TEXT);
    Prediction prediction = lstm.predict(List.of(encoded)).get(0);

    assertThat(frame.of(TEXT, encoded, prediction)).isNull();
    assertThat(frame.of("", lstm.encode(""), prediction)).isNull();
    assertThat(explanations("left-out")).isEqualTo(2);
    assertThat(explanations("given")).isZero();
  }

  @Test
  void explanations_whoseTimeIsOver_areLeftOut() {
    RowExplanations.OfFrame frame = frame(convolution, convolution::predict);
    EncodedText encoded = convolution.encode(TEXT);
    Prediction prediction = convolution.predict(List.of(encoded)).get(0);

    assertThat(frame.of(TEXT, encoded, prediction))
        .extracting(Explanation::method)
        .isEqualTo(AttributionMethod.EXACT);
    nanos.addAndGet(Duration.ofMillis(1001).toNanos());
    assertThat(frame.of(TEXT, encoded, prediction)).isNull();
    assertThat(explanations("given")).isEqualTo(1);
    assertThat(explanations("left-out")).isEqualTo(1);
  }

  @Test
  void explanation_ofAModelThatHasNone_isNone() {
    FakeLabeller fake = new FakeLabeller();
    EncodedText encoded = fake.encode("a");

    assertThat(frame(fake, fake::predict).of("a", encoded, fake.predict(List.of(encoded)).get(0)))
        .isNull();
    assertThat(explanations("left-out")).isZero();
  }
}
