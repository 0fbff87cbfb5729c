package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** What a broker's topics hold. */
final class TestTopics {
  private TestTopics() {}

  /** All committed records of these topics, once there are so many. */
  static List<ConsumerRecord<byte[], byte[]>> read(
      String bootstrapServers, int atLeast, String... topics) {
    return read(Map.of("bootstrap.servers", bootstrapServers), atLeast, topics);
  }

  /** As above, with settings of the client. */
  static List<ConsumerRecord<byte[], byte[]>> read(
      Map<String, Object> client, int atLeast, String... topics) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put("isolation.level", "read_committed");
    settings.put("auto.offset.reset", "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          List.of(topics).stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList());
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Awaitility.await()
          .atMost(Duration.ofMinutes(3))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= atLeast;
              });
      // One more look: a record too many would come after the last that is waited for.
      consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      return records;
    }
  }

  /** A header as text. */
  static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }
}
