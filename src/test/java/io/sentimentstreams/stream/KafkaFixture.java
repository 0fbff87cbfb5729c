package io.sentimentstreams.stream;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** A broker, and what a test does with it. */
final class KafkaFixture implements AutoCloseable {
  private final Path folder;
  private EmbeddedBroker broker;

  KafkaFixture(Path folder) {
    this.folder = folder;
    this.broker = EmbeddedBroker.start(folder, 0);
  }

  /** Stops the broker; its data remains. */
  void stop() {
    broker.close();
  }

  /** Starts the stopped broker again, at its address. */
  void restart() {
    broker = EmbeddedBroker.start(folder, broker.port());
  }

  String bootstrapServers() {
    return broker.bootstrapServers();
  }

  void createTopics(int partitions, String... names) throws Exception {
    createTopics(
        partitions,
        Map.of("retention.ms", "-1", "max.message.bytes", Integer.toString(8 << 20)),
        names);
  }

  void createTopics(int partitions, Map<String, String> config, String... names) throws Exception {
    List<NewTopic> topics =
        Arrays.stream(names)
            .map(name -> new NewTopic(name, partitions, (short) 1).configs(config))
            .toList();
    try (Admin admin = Admin.create(clientConfig())) {
      BrokerTopics.create(admin, topics);
    }
  }

  void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            producerConfig(), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (ProducerRecord<byte[], byte[]> record : records) {
        sent.add(producer.send(record));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /** All committed records of the topics, once the condition holds for them. */
  List<ConsumerRecord<byte[], byte[]>> read(
      List<String> topics, Predicate<List<ConsumerRecord<byte[], byte[]>>> complete) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers",
            bootstrapServers(),
            "isolation.level",
            "read_committed",
            "max.poll.records",
            5000,
            "auto.offset.reset",
            "earliest");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          topics.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      consumer.assign(partitions);
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      Awaitility.await()
          // Stream threads may die in tests; what comes of it is the tests' business.
          .dontCatchUncaughtExceptions()
          .atMost(Duration.ofMinutes(2))
          .until(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return complete.test(records);
              });
      // Doubles would come later than the condition.
      consumer.poll(Duration.ofMillis(500)).forEach(records::add);
      return records;
    }
  }

  private Map<String, Object> producerConfig() {
    return Map.of("bootstrap.servers", bootstrapServers(), "max.request.size", 8 << 20);
  }

  private Map<String, Object> clientConfig() {
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  @Override
  public void close() {
    broker.close();
  }
}
