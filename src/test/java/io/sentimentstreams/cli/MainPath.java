package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.event.TopicCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * From generated texts to labelled events by the commands alone: train, stream, verify. Against any
 * broker.
 */
final class MainPath {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int EVENTS = 10_000;

  /** Every so many events, one is broken. */
  private static final int BROKEN = 97;

  private static final int BROKEN_EVENTS = (EVENTS + BROKEN - 1) / BROKEN;
  private static final int PARTITIONS = 4;

  private final Path folder;
  private final TestShell shell = new TestShell();

  /**
   * @param folder for data, model and settings
   */
  MainPath(Path folder) {
    this.folder = folder;
  }

  /** Trains a model, streams ten thousand events and requires each to have its outcome. */
  void require(String bootstrapServers) throws Exception {
    Path model = folder.resolve("tiny");
    TinyModel.train(TinyModel.data(folder), model);
    BrokerTopics.createMissing(bootstrapServers, TopicCatalog.read(Path.of("topics")));
    send(bootstrapServers);
    Path config = config(bootstrapServers, model);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> shell.run("stream", "--config=" + config, "--set=threads=2"));

    requireBalance(config);
    assertThat(status).as(shell.err()).isNotDone();
    assertThat(shell.interrupt()).isTrue();
    assertThat(status.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();

    List<ConsumerRecord<byte[], byte[]>> records =
        TestTopics.read(bootstrapServers, EVENTS, "tweets.sentiment", "sentiment.dead-letters");
    requireEachOnce(records);
    requireOrder(records);
    requireLabels(records);
  }

  /** What verify says while the stream runs. */
  private static void requireBalance(Path config) throws IOException {
    TestShell auditor = new TestShell();
    int status = auditor.run("verify", "--config=" + config, "--wait=2m", "--json");
    assertThat(status).as(auditor.err()).isZero();
    List<String> lines = auditor.out().lines().toList();
    JsonNode audit = JSON.readTree(lines.get(lines.size() - 1));
    assertThat(audit.path("verdict").asText()).isEqualTo("balanced");
    assertThat(audit.path("events").asInt()).isEqualTo(EVENTS);
    assertThat(audit.path("deadLettered").asInt()).isEqualTo(BROKEN_EVENTS);
  }

  /** The configuration a user would write. */
  private Path config(String bootstrapServers, Path model) throws IOException {
    return Files.writeString(
        folder.resolve("sentiment.yaml"),
        """
        bootstrapServers: %s
        http:
          port: 0
        routes:
          tweets:
            model: %s
        """
            .formatted(bootstrapServers, model));
  }

  private static void send(String bootstrapServers) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        byte[] key = Integer.toString(i).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>("tweets", i % PARTITIONS, key, value(i))));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static byte[] value(int number) {
    String event =
        isBroken(number)
            ? "{\"id\":%d}".formatted(number)
            : "{\"id\":%d,\"text\":\"%s\"}".formatted(number, TinyModel.text(number));
    return event.getBytes(UTF_8);
  }

  private static boolean isBroken(int number) {
    return number % BROKEN == 0;
  }

  private static void requireEachOnce(List<ConsumerRecord<byte[], byte[]>> records) {
    assertThat(records).hasSize(EVENTS);
    assertThat(records.stream().map(MainPath::number).distinct()).hasSize(EVENTS);
    assertThat(records)
        .filteredOn(record -> record.topic().equals("sentiment.dead-letters"))
        .extracting(MainPath::number)
        .hasSize(BROKEN_EVENTS)
        .allMatch(MainPath::isBroken);
  }

  /** Within an output partition, the events of an input partition are in their order. */
  private static void requireOrder(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Integer> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      String way =
          "%s-%d from %d"
              .formatted(record.topic(), record.partition(), number(record) % PARTITIONS);
      Integer before = last.put(way, number(record));
      assertThat(before == null || before < number(record)).as(way).isTrue();
    }
  }

  private static void requireLabels(List<ConsumerRecord<byte[], byte[]>> records)
      throws IOException {
    int right = 0;
    for (ConsumerRecord<byte[], byte[]> record : records) {
      JsonNode event = JSON.readTree(record.value());
      right += event.path("label").asText().equals(TinyModel.label(number(record))) ? 1 : 0;
    }
    assertThat(right).isGreaterThan(EVENTS * 9 / 10);
  }

  private static int number(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(new String(record.key(), UTF_8));
  }
}
