package io.sentimentstreams.bench;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSchemas;
import io.sentimentstreams.event.TopicSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The topics of a benchmark's broker: makes them, counts what is in them. */
final class BenchTopics implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  /** As that of the shipped topics: with less, the stream would warn. */
  private static final Map<String, String> CONFIG =
      Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "8388608");

  private final String bootstrapServers;
  private final Admin admin;

  BenchTopics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  String bootstrapServers() {
    return bootstrapServers;
  }

  /** Makes topics; each partition can be written to afterwards. */
  void create(int partitions, String... names) throws InterruptedException {
    List<TopicSpec> topics = Arrays.stream(names).map(name -> topic(name, partitions)).toList();
    try {
      BrokerTopics.createMissing(bootstrapServers, new TopicCatalog(topics));
    } catch (ExecutionException e) {
      throw failed("making topics", e);
    }
  }

  private static TopicSpec topic(String name, int partitions) {
    return new TopicSpec(
        name, partitions, (short) 1, CONFIG, "bench", "of a benchmark", TopicSchemas.NONE);
  }

  /** Deletes topics. */
  void delete(String... names) throws InterruptedException {
    try {
      admin.deleteTopics(List.of(names)).all().get();
    } catch (ExecutionException e) {
      throw failed("deleting topics", e);
    }
  }

  /**
   * How many records of a topic a group has done with, outputs and offsets in one transaction.
   *
   * @param records of the topic, which went to its partitions in turn
   */
  long committed(Job job, int partitions, long records) throws InterruptedException {
    try {
      long committed = 0;
      for (Map.Entry<TopicPartition, OffsetAndMetadata> entry :
          admin
              .listConsumerGroupOffsets(job.applicationId())
              .partitionsToOffsetAndMetadata()
              .get()
              .entrySet()) {
        if (entry.getKey().topic().equals(job.input()) && entry.getValue() != null) {
          // Behind the last record stands the end of the producer's transaction.
          long most = recordsIn(entry.getKey().partition(), partitions, records);
          committed += Math.min(most, entry.getValue().offset());
        }
      }
      return committed;
    } catch (ExecutionException e) {
      throw failed("reading offsets", e);
    }
  }

  /** Of records that go to partitions in turn, those in one of them. */
  static long recordsIn(int partition, int partitions, long records) {
    return (records + partitions - 1 - partition) / partitions;
  }

  private static IllegalStateException failed(String what, ExecutionException e) {
    return new IllegalStateException("%s failed: %s".formatted(what, e.getCause()), e.getCause());
  }

  /** The records in topics that a reader of committed ones sees. */
  long count(String... topics) {
    try (Consumer<byte[], byte[]> consumer = reader(topics)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      long count = 0;
      while (isBehind(consumer, ends)) {
        count += consumer.poll(POLL).count();
      }
      return count;
    }
  }

  private static boolean isBehind(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  /** A reader of all committed records of topics, from their beginning. */
  Consumer<byte[], byte[]> reader(String... topics) {
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                IsolationLevel.READ_COMMITTED.toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Collection<TopicPartition> partitions =
        Stream.of(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    return consumer;
  }

  @Override
  public void close() {
    admin.close();
  }
}
