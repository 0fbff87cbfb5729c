package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.web.Query;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trends on a real broker, whatever happens to those who count. */
final class TrendsIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 1_200;
  private static final String OUTPUT = "tweets.sentiment";
  private static final String TRENDS = "sentiment.trends";
  private static final String ALERTS = "sentiment.alerts";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeLabeller model = new FakeLabeller();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final long began = Instant.now().toEpochMilli() - 3_600_000;
  private final Random random = new Random(7);

  /**
   * Transactions are given up while counts are under way, instances come and go, and a partition's
   * backlog is worked off after the others'.
   */
  @Test
  void trends_ofEventsWorkedOnAgainAndElsewhere_areTheLabelledEvents(@TempDir Path folder)
      throws Exception {
    try (KafkaFixture kafka = new KafkaFixture(folder)) {
      kafka.createTopics(PARTITIONS, "tweets", OUTPUT, "reviews", "reviews.sentiment");
      kafka.createTopics(1, "sentiment.dead-letters");
      try (StreamRunner early = runner(kafka)) {
        assertThatThrownBy(early::start)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("topics missing")
            .hasMessageContaining(TRENDS)
            .hasMessageContaining(ALERTS);
      }
      kafka.createTopics(2, TRENDS, ALERTS);
      model.closed.set(false);
      model.breakdowns.add(30);
      send(kafka, 0, EVENTS / 3);
      try (StreamRunner first = runner(kafka)) {
        first.start();
        kafka.read(List.of(OUTPUT), found -> found.size() >= EVENTS / 6);
      }
      model.closed.set(false);
      try (StreamRunner third = runner(kafka)) {
        try (StreamRunner second = runner(kafka)) {
          second.start();
          send(kafka, EVENTS / 3, EVENTS * 2 / 3);
          third.start();
          model.breakdowns.add(model.batches.size() + 5);
          kafka.read(List.of(OUTPUT), found -> found.size() >= EVENTS / 2);
        }
        model.closed.set(false);
        send(kafka, EVENTS * 2 / 3, EVENTS);
        end(kafka);
        List<ConsumerRecord<byte[], byte[]>> outputs =
            kafka.read(List.of(OUTPUT), found -> found.size() >= EVENTS + PARTITIONS);
        List<ConsumerRecord<byte[], byte[]>> trends =
            kafka.read(List.of(TRENDS), found -> events(found) >= EVENTS);

        JsonNode end = JSON.readTree(third.trends(query("end")).body());
        assertThat(end.at("/windows/0/events").asInt()).as("%s", end).isEqualTo(PARTITIONS);
        assertThat(end.at("/windows/0/closed").asBoolean(true)).isFalse();
        assertThat(third.trends(query("nobody")).status()).isEqualTo(404);
        assertThat(third.trends(new Query("", Map.of())).body()).contains("\"group\":\"end\"");
        assertThat(third.trends(new Query("", Map.of("route", "reviews"))).status()).isEqualTo(404);

        assertThat(outputs).hasSize(EVENTS + PARTITIONS);
        assertThat(model.breakdowns).isEmpty();
        assertThat(counts(trends)).isEqualTo(labelled(outputs));
        assertThat(windows(trends)).as("each window told once").doesNotHaveDuplicates();
        assertThat(registry.get(Meters.TREND_EVENTS).tag("outcome", "late").counter().count())
            .isZero();
        assertAlternating(kafka.read(List.of(ALERTS), found -> !found.isEmpty()));
      }
    }
  }

  private static Query query(String group) {
    return new Query("key=" + group, Map.of("key", group));
  }

  private StreamRunner runner(KafkaFixture kafka) {
    StreamSettings settings =
        TestSettings.with(
            "bootstrapServers", kafka.bootstrapServers(),
            "batch.maximumRows", "8",
            "routes.tweets.trends", "key",
            "routes.tweets.trendsWindow", "10s",
            "routes.tweets.trendsGrace", "5s",
            "routes.tweets.alertAbove", "0.2",
            "routes.tweets.alertBelow", "0.1",
            "routes.tweets.alertEvents", "3",
            "breaker.retries", "0",
            "kafka.commit.interval.ms", "300",
            "kafka.main.consumer.session.timeout.ms", "6000",
            "kafka.producer.transaction.timeout.ms", "6000");
    return new StreamRunner(settings, route -> model, registry, InstantSource.system());
  }

  /** Over an hour in small steps, each up to the grace behind the one before. */
  private void send(KafkaFixture kafka, int from, int to) throws Exception {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      long time = began + 60_000 + i * 100L - random.nextInt(4_900);
      events.add(event(i % PARTITIONS, time, "g" + random.nextInt(5), (char) ('a' + i % 6)));
    }
    kafka.send(events);
  }

  /** Later than all others, so that all of their windows are closed. */
  private void end(KafkaFixture kafka) throws Exception {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      events.add(event(partition, began + 3_500_000, "end", 'z'));
    }
    kafka.send(events);
  }

  private static ProducerRecord<byte[], byte[]> event(
      int partition, long time, String key, char text) {
    byte[] value = "{\"text\":\"%s text\"}".formatted(text).getBytes(UTF_8);
    return new ProducerRecord<>("tweets", partition, time, key.getBytes(UTF_8), value);
  }

  private static Map<String, Long> labelled(List<ConsumerRecord<byte[], byte[]>> outputs)
      throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> output : outputs) {
      String group = text(output.key());
      if (!group.equals("end")) {
        String label = JSON.readTree(output.value()).get("label").asText();
        counts.merge(group + " " + label, 1L, Long::sum);
      }
    }
    return counts;
  }

  private static Map<String, Long> counts(List<ConsumerRecord<byte[], byte[]>> trends)
      throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> trend : trends) {
      JsonNode labels = JSON.readTree(trend.value()).get("labels");
      labels
          .fieldNames()
          .forEachRemaining(
              label ->
                  counts.merge(
                      text(trend.key()) + " " + label, labels.get(label).asLong(), Long::sum));
    }
    return counts;
  }

  private static List<String> windows(List<ConsumerRecord<byte[], byte[]>> trends)
      throws IOException {
    List<String> windows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> trend : trends) {
      windows.add(text(trend.key()) + JSON.readTree(trend.value()).get("windowStart").asText());
    }
    return windows;
  }

  /** Events in all windows. */
  private static long events(List<ConsumerRecord<byte[], byte[]>> trends) {
    try {
      return counts(trends).values().stream().mapToLong(Long::longValue).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertAlternating(List<ConsumerRecord<byte[], byte[]>> alerts)
      throws IOException {
    Map<String, String> states = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> alert : alerts) {
      String state = JSON.readTree(alert.value()).get("state").asText();
      String before = states.put(text(alert.key()), state);
      assertThat(state).isEqualTo("begin".equals(before) ? "end" : "begin");
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
