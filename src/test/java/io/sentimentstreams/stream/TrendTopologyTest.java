package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.page.Groups;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Trends of a route in the topology, on a driver without a broker. */
final class TrendTopologyTest {
  private static final Instant START = Instant.parse("2026-01-02T03:04:00Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeLabeller model = new FakeLabeller();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Groups groups = new Groups();
  private TopologyTestDriver driver = driver("/topic");

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void window_ofAGroup_isToldWhenTimeHasPassedItsEnd() throws IOException {
    send(0, "a", "good");
    send(1_000, "a", "bad");
    send(2_000, "b", "good");
    assertThat(trends()).isEmpty();
    send(9_999, "b", "good");
    send(12_000, "b", "good");

    List<JsonNode> trends = trends();
    assertThat(trends).hasSize(2);
    JsonNode first = trends.get(0);
    assertThat(first.get("route").asText()).isEqualTo("tweets");
    assertThat(first.get("group").asText()).isEqualTo("a");
    assertThat(first.get("windowStart").asText()).isEqualTo("2026-01-02T03:04:00Z");
    assertThat(first.get("windowEnd").asText()).isEqualTo("2026-01-02T03:04:10Z");
    assertThat(first.get("events").asInt()).isEqualTo(2);
    assertThat(first.get("score").asDouble()).isEqualTo(0.8);
    assertThat(first.get("labels").get(FakeLabeller.labelOf("good")).asInt()).isPositive();
    assertThat(trends.get(1).get("events").asInt()).isEqualTo(2);
    assertThat(outcome("counted")).isEqualTo(5);
    assertThat(labelled()).isEqualTo(5);
  }

  @Test
  void window_withoutFurtherEvents_isToldAsTheClockGoes() throws IOException {
    send(0, "a", "good");
    driver.advanceWallClockTime(Duration.ofSeconds(4));
    assertThat(trends()).isEmpty();
    for (int second = 0; second < 30; second++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    assertThat(trends()).hasSize(1);
    assertThat(registry.get(Meters.TREND_GROUPS).gauge().value()).isZero();
  }

  @Test
  void window_thatIsClosed_isToldToThePage() {
    send(0, "a", "good");
    send(1, "b", "good");
    send(2, "b", "good");
    assertThat(groups.top()).isEmpty();
    for (int second = 0; second < 30; second++) {
      driver.advanceWallClockTime(Duration.ofSeconds(1));
    }
    assertThat(groups.top())
        .extracting(Groups.Group::route, Groups.Group::group, Groups.Group::events)
        .containsExactly(tuple("tweets", "b", 2L), tuple("tweets", "a", 1L));
  }

  @Test
  void events_withoutGroupOrLate_areLabelledAndCountedAsSuch() throws IOException {
    driver
        .createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(null, "{\"text\":\"x\"}".getBytes(UTF_8), START));
    send(0, "a", "good");
    send(13_000, "a", "good");
    send(1_000, "a", "good");
    send(3_600_000, "a", "good");

    assertThat(labelled()).isEqualTo(5);
    assertThat(outcome("without-group")).isEqualTo(1);
    assertThat(outcome("late")).isEqualTo(1);
    assertThat(outcome("ahead")).isEqualTo(1);
    assertThat(outcome("counted")).isEqualTo(2);
    assertThat(trends()).hasSize(1);
  }

  @Test
  void event_ofSeveralGroups_isCountedOnceInEach() throws IOException {
    close();
    driver = driver("/entities/hashtags/*/text");
    sendTags(0, "delay", "crew", "delay");
    sendTags(1_000, "crew");
    sendTags(2_000);
    sendTags(13_000, "crew");

    assertThat(trends())
        .extracting(trend -> trend.get("group").asText() + " " + trend.get("events").asInt())
        .containsExactlyInAnyOrder("delay 1", "crew 2");
    assertThat(labelled()).isEqualTo(4);
    assertThat(outcome("counted")).isEqualTo(4);
    assertThat(outcome("without-group")).isEqualTo(1);
  }

  @Test
  void alert_ofAGroup_beginsAndEnds() throws IOException {
    close();
    driver =
        driver(
            "all",
            "routes.tweets.alertAbove",
            "0.9",
            "routes.tweets.alertBelow",
            "0.5",
            "routes.tweets.alertEvents",
            "4",
            "routes.tweets.alertLabel",
            FakeLabeller.labelOf("good"));
    String other = other("good");
    for (int i = 0; i < 6; i++) {
      send(i, "a", "good");
    }
    for (int i = 0; i < 20; i++) {
      send(1_000 + i, "b", other);
    }
    List<JsonNode> alerts = read("sentiment.alerts");

    assertThat(alerts)
        .extracting(alert -> alert.get("state").asText())
        .containsExactly("begin", "end");
    assertThat(alerts.get(0).get("group").asText()).isEqualTo("all");
    assertThat(alerts.get(0).get("share").asDouble()).isEqualTo(1);
    assertThat(alerts.get(0).get("events").asInt()).isEqualTo(4);
    assertThat(alerts.get(1).get("share").asDouble()).isEqualTo(0.5);
    assertThat(alerts.get(1).get("since")).isEqualTo(alerts.get(0).get("windowEnd"));
  }

  @Test
  void topology_ofARouteWithTrends_namesItsNodesAndTopics() {
    StreamSettings settings = settings("key");
    assertThat(topology(settings).describe().toString())
        .contains("tweets-counts", "tweets-trends-repartition", "trends-tweets")
        .contains("tweets-trends-out")
        .doesNotContain("KSTREAM", "reviews-trends", "tweets-alerts");
  }

  private static String other(String text) {
    for (String candidate : List.of("a text", "b text", "c text", "d text", "bad")) {
      if (!FakeLabeller.labelOf(candidate).equals(FakeLabeller.labelOf(text))) {
        return candidate;
      }
    }
    throw new AssertionError("one label for all texts");
  }

  private void sendTags(long millis, String... tags) {
    String all = Stream.of(tags).map("{\"text\":\"%s\"}"::formatted).collect(joining(","));
    send(millis, "{\"text\":\"good\",\"entities\":{\"hashtags\":[%s]}}".formatted(all));
  }

  private void send(long millis, String group, String text) {
    send(millis, "{\"text\":\"%s\",\"topic\":\"%s\"}".formatted(text, group));
  }

  private void send(long millis, String value) {
    driver
        .createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(null, value.getBytes(UTF_8), START.plusMillis(millis)));
  }

  private List<JsonNode> trends() throws IOException {
    return read("sentiment.trends");
  }

  private List<JsonNode> read(String topic) throws IOException {
    List<JsonNode> values = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record :
        driver
            .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      JsonNode value = JSON.readTree(record.value());
      assertThat(new String(record.key(), UTF_8)).isEqualTo(value.get("group").asText());
      values.add(value);
    }
    return values;
  }

  private int labelled() {
    return driver
        .createOutputTopic(
            "tweets.sentiment", new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList()
        .size();
  }

  private double outcome(String outcome) {
    return registry.get(Meters.TREND_EVENTS).tag("outcome", outcome).counter().count();
  }

  private static StreamSettings settings(String by, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "routes.tweets.trends", by,
                "routes.tweets.trendsWindow", "10s",
                "routes.tweets.trendsGrace", "2s",
                "routes.tweets.trendsIdle", "5s"));
    all.addAll(List.of(more));
    return TestSettings.with(all.toArray(String[]::new));
  }

  private TopologyTestDriver driver(String by, String... more) {
    StreamSettings settings = settings(by, more);
    Properties properties = new Properties();
    properties.putAll(StreamProperties.of(settings, () -> {}, new NarrowFrames()));
    // A little later than the events: time never goes past the clock.
    return new TopologyTestDriver(topology(settings), properties, START.plusSeconds(20));
  }

  private Topology topology(StreamSettings settings) {
    Meters meters = new Meters(registry);
    return SentimentTopology.build(
        settings,
        TestSlots.of(settings, model, registry, START, System::nanoTime),
        (route, slot) -> TestGuards.strict(),
        route -> Optional.empty(),
        route ->
            Optional.ofNullable(route.trends())
                .map(
                    trends ->
                        new RouteTrends(
                            trends,
                            meters.trends(route.name()),
                            List.of(new TopicPartition("tweets", 0)),
                            groups)),
        System::nanoTime);
  }
}
