package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Labels;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shadow on a real broker. */
final class ShadowIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 400;
  private static final String OUTPUT = "tweets.sentiment";
  private static final String DISAGREEMENTS = "sentiment.disagreements";
  private static final Labels MIRRORED = new Labels(List.of("positive", "neutral", "negative"));

  private final FakeLabeller model = new FakeLabeller();
  private final FakeLabeller shadow = new FakeLabeller("other", "w1", MIRRORED);

  @Test
  void disagreements_ofFramesWorkedOnAgain_areThereOnce(@TempDir Path folder) throws Exception {
    try (KafkaFixture kafka = new KafkaFixture(folder)) {
      kafka.createTopics(PARTITIONS, "tweets", OUTPUT, "reviews", "reviews.sentiment");
      kafka.createTopics(1, "sentiment.dead-letters");
      try (StreamRunner early = runner(kafka)) {
        assertThatThrownBy(early::start)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageContaining("topics missing")
            .hasMessageContaining(DISAGREEMENTS);
      }
      kafka.createTopics(2, DISAGREEMENTS);
      model.closed.set(false);
      shadow.closed.set(false);
      send(kafka);
      model.breakdowns.addAll(List.of(20, 40));
      try (StreamRunner runner = runner(kafka)) {
        runner.start();
        List<ConsumerRecord<byte[], byte[]>> outputs =
            kafka.read(List.of(OUTPUT), found -> found.size() >= EVENTS);
        List<ConsumerRecord<byte[], byte[]>> disagreements =
            kafka.read(List.of(DISAGREEMENTS), found -> found.size() >= EVENTS / 2);

        assertThat(model.breakdowns).isEmpty();
        assertThat(outputs).hasSize(EVENTS);
        assertThat(disagreements)
            .extracting(ShadowIT::source)
            .containsExactlyInAnyOrderElementsOf(
                outputs.stream()
                    .filter(record -> text(record.value()).contains("\"label\":\"positive\""))
                    .map(ShadowIT::source)
                    .toList());
        assertThat(disagreements)
            .hasSize(EVENTS / 2)
            .allMatch(record -> record.partition() == sourcePartition(record) % 2);
      }
      assertThat(shadow.closed).isTrue();
      assertThat(model.closed).isTrue();
    }
  }

  private StreamRunner runner(KafkaFixture kafka) {
    StreamSettings settings =
        TestSettings.with(
            "bootstrapServers", kafka.bootstrapServers(),
            "batch.maximumRows", "4",
            "routes.tweets.shadow", "second",
            "routes.tweets.shadowShare", "1",
            "shadow.timeout", "10s",
            "breaker.retries", "0",
            "kafka.commit.interval.ms", "2000",
            "kafka.main.consumer.session.timeout.ms", "6000",
            "kafka.producer.transaction.timeout.ms", "6000");
    return new StreamRunner(
        settings,
        route -> route.model().equals(Path.of("second")) ? shadow : model,
        new SimpleMeterRegistry(),
        InstantSource.system());
  }

  /** Every second one is neutral to both models, the others are not. */
  private static void send(KafkaFixture kafka) throws Exception {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      String text = i / PARTITIONS % 2 == 0 ? "a text" : "b text";
      events.add(
          new ProducerRecord<>(
              "tweets", i % PARTITIONS, null, "{\"text\":\"%s\"}".formatted(text).getBytes(UTF_8)));
    }
    kafka.send(events);
  }

  private static String source(ConsumerRecord<byte[], byte[]> record) {
    return sourcePartition(record)
        + "@"
        + text(record.headers().lastHeader("sentiment.source.offset").value());
  }

  private static int sourcePartition(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(
        text(record.headers().lastHeader("sentiment.source.partition").value()));
  }

  private static String text(byte[] utf8) {
    return new String(utf8, UTF_8);
  }
}
