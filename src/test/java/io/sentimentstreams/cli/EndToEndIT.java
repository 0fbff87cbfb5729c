package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From generated texts to labelled events by the commands alone: train, then stream. */
final class EndToEndIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int EVENTS = 10_000;

  /** Every so many events, one is broken. */
  private static final int BROKEN = 97;

  private static final int PARTITIONS = 4;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  private final TestShell shell = new TestShell();

  @Test
  void trainThenStream_tenThousandEvents_accountsForEachInOrder() throws Exception {
    Path model = folder.resolve("tiny");
    TinyModel.train(TinyModel.data(folder), model);
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
      send(broker.bootstrapServers());
      CompletableFuture<Integer> status = stream(broker.bootstrapServers(), model);

      List<ConsumerRecord<byte[], byte[]>> records =
          TestTopics.read(
              broker.bootstrapServers(), EVENTS, "tweets.sentiment", "sentiment.dead-letters");
      assertThat(status).isNotDone();
      assertThat(shell.interrupt()).isTrue();
      assertThat(status.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();

      requireEachOnce(records);
      requireOrder(records);
      requireLabels(records);
    }
  }

  /** The configuration a user would write: a file, and one setting on the command line. */
  private CompletableFuture<Integer> stream(String bootstrapServers, Path model)
      throws IOException {
    Path config =
        Files.writeString(
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
    return CompletableFuture.supplyAsync(
        () -> shell.run("stream", "--config=" + config, "--set=threads=2"));
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
    assertThat(records.stream().map(EndToEndIT::number).distinct()).hasSize(EVENTS);
    assertThat(records)
        .filteredOn(record -> record.topic().equals("sentiment.dead-letters"))
        .extracting(EndToEndIT::number)
        .hasSize((EVENTS + BROKEN - 1) / BROKEN)
        .allMatch(EndToEndIT::isBroken);
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
