package io.sentimentstreams.chaos;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSchemas;
import io.sentimentstreams.event.TopicSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** The topics of a run. To be used by one thread. */
final class ChaosTopics implements AutoCloseable {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
  private static final short MOST_REPLICAS = 3;

  private final ChaosSettings settings;
  private final Map<String, Object> client;
  private final Admin admin;
  private @Nullable CompletableFuture<Boolean> inSync;

  ChaosTopics(String bootstrapServers, ChaosSettings settings) {
    this.settings = settings;
    this.client =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
    this.admin = Admin.create(client);
  }

  /** Reads committed records; which ones is for the caller to say. */
  static Consumer<byte[], byte[]> reader(String bootstrapServers) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest");
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Waits for all brokers, and makes the topics. */
  void create(Duration most) throws InterruptedException {
    TopicCatalog topics =
        new TopicCatalog(
            Stream.concat(
                    Stream.of(
                        ChaosSettings.INPUT, ChaosSettings.OUTPUT, ChaosSettings.DEAD_LETTERS),
                    Stream.of(ChaosSettings.TRENDS).filter(trends -> settings.trends()))
                .map(this::topic)
                .toList());
    long begun = System.nanoTime();
    while (true) {
      try {
        if (admin.describeCluster().nodes().get().size() == settings.fleet().brokers()) {
          BrokerTopics.createMissing(client, topics);
          return;
        }
        requireTime(begun, most, null);
      } catch (ExecutionException failure) {
        requireTime(begun, most, failure);
      }
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  private void requireTime(long begun, Duration most, @Nullable ExecutionException failure) {
    if (System.nanoTime() - begun > most.toNanos()) {
      throw new IllegalStateException(
          "the brokers did not start; see the logs in " + settings.folder(), failure);
    }
  }

  private TopicSpec topic(String name) {
    return new TopicSpec(
        name,
        settings.partitions(),
        MOST_REPLICAS,
        Map.of("retention.ms", "-1"),
        "chaos",
        "of a run under fire",
        TopicSchemas.NONE);
  }

  /**
   * Whether each partition, those of Kafka's own topics included, has a leader and all of its
   * replicas. Asks, does not wait, and has the answer for a later call; the answer is then of the
   * time between the two.
   */
  boolean allInSync() {
    CompletableFuture<Boolean> asked = inSync;
    if (asked == null) {
      inSync = ask();
      return false;
    }
    if (!asked.isDone()) {
      return false;
    }
    inSync = null;
    return asked.join();
  }

  private CompletableFuture<Boolean> ask() {
    return admin
        .listTopics(new ListTopicsOptions().listInternal(true))
        .names()
        .toCompletionStage()
        .thenCompose(names -> admin.describeTopics(names).allTopicNames().toCompletionStage())
        .thenApply(topics -> areInSync(topics.values()))
        .exceptionally(away -> false)
        .toCompletableFuture();
  }

  private static boolean areInSync(Collection<TopicDescription> topics) {
    return topics.stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(ChaosTopics::isInSync);
  }

  // Kafka's class does not say so, but the leader is null where there is none.
  @SuppressWarnings({"NullAway", "ConstantValue"})
  private static boolean isInSync(TopicPartitionInfo partition) {
    return partition.leader() != null
        && !partition.leader().isEmpty()
        && partition.isr().size() == partition.replicas().size();
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
