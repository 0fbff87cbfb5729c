package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.ControlCodec;
import io.sentimentstreams.control.ControlRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control topic: read from its beginning, and written to. It has one partition, so that all
 * instances see its records in one order. To be used by one thread, but for {@link #tell}.
 */
public final class ControlTopic implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlTopic.class);
  private static final short BROKERS_DEFAULT = -1;
  private static final Duration POLL = Duration.ofMillis(200);

  /** As the shipped topic file has it. */
  static final Map<String, String> CONFIG =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT,
          // Instances repeat their reports: without this, a new one has long to read.
          TopicConfig.SEGMENT_MS_CONFIG, "3600000",
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG, "0.1");

  private final KafkaClients clients;
  private final TopicPartition partition;
  private final Duration patience;
  private final Consumer<byte[], byte[]> consumer;
  private final Producer<byte[], byte[]> producer;
  private long next;

  /** Why the topic seems to be gone, null where it does not. Written by the producer's thread. */
  private volatile @Nullable Throwable lost;

  /**
   * A record with its place.
   *
   * @param offset in the topic's partition
   * @param at the record's time
   */
  public record Entry(long offset, Instant at, ControlRecord content) {}

  private ControlTopic(KafkaClients clients, String topic, Duration patience) {
    this.clients = clients;
    this.partition = new TopicPartition(topic, 0);
    this.patience = patience;
    int millis = (int) patience.toMillis();
    this.consumer =
        clients.consumer(
            "models",
            Map.of(
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                millis,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false));
    try {
      this.producer =
          clients.producer(
              "models",
              Map.of(
                  ProducerConfig.MAX_BLOCK_MS_CONFIG,
                  millis,
                  ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                  millis,
                  ProducerConfig.LINGER_MS_CONFIG,
                  0,
                  ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                  2 * millis));
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
    } catch (RuntimeException | Error e) {
      consumer.close();
      throw e;
    }
  }

  /**
   * The topic of the settings, made where it is missing.
   *
   * @param patience how long the broker may take to answer
   * @return empty where the topic is missing and must not be made: then nobody has asked for
   *     anything
   * @throws InvalidInputException in one line where the broker refuses, or the topic has more than
   *     one partition
   */
  public static Optional<ControlTopic> open(StreamSettings settings, Duration patience)
      throws InterruptedException {
    KafkaClients clients = new KafkaClients(settings);
    String topic = settings.controlTopic();
    try (Admin admin = clients.admin("models")) {
      if (!requireTopic(admin, clients, topic, patience)) {
        return Optional.empty();
      }
    }
    return Optional.of(new ControlTopic(clients, topic, patience));
  }

  /** False where the topic is missing and must not be made. */
  private static boolean requireTopic(
      Admin admin, KafkaClients clients, String topic, Duration patience)
      throws InterruptedException {
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().timeoutMs((int) patience.toMillis());
    try {
      int partitions = 0;
      for (TopicDescription description :
          admin.describeTopics(List.of(topic), options).allTopicNames().get().values()) {
        partitions = description.partitions().size();
      }
      if (partitions != 1) {
        throw new InvalidInputException(
            "controlTopic: %s has %d partitions, but 1 is needed: its records must have one order"
                .formatted(topic, partitions));
      }
      warnUnlessCompacted(admin, topic, patience);
      return true;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return make(admin, clients, topic, patience);
      }
      throw clients.refused(failure.getCause(), patience);
    }
  }

  /** Its records would go away with time, and what is activated with them. */
  private static void warnUnlessCompacted(Admin admin, String topic, Duration patience)
      throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    DescribeConfigsOptions options =
        new DescribeConfigsOptions().timeoutMs((int) patience.toMillis());
    try {
      for (Config config : admin.describeConfigs(List.of(resource), options).all().get().values()) {
        ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy != null && !policy.value().equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
          LOG.warn(
              "controlTopic: {} has cleanup.policy={}: what is activated is deleted with time, and forgotten at the next start then; set it to compact",
              topic,
              policy.value());
        }
      }
    } catch (ExecutionException failure) {
      LOG.debug("The settings of {} cannot be read", topic, failure);
    }
  }

  private static boolean make(Admin admin, KafkaClients clients, String topic, Duration patience)
      throws InterruptedException {
    NewTopic missing = new NewTopic(topic, 1, BROKERS_DEFAULT).configs(CONFIG);
    CreateTopicsOptions options = new CreateTopicsOptions().timeoutMs((int) patience.toMillis());
    try {
      admin.createTopics(List.of(missing), options).all().get();
      LOG.info("Topic {} was missing and is made", topic);
      return true;
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof TopicExistsException) {
        return true;
      }
      if (failure.getCause() instanceof AuthorizationException) {
        LOG.warn(
            "controlTopic: {} is missing and must not be made ({}): models cannot be exchanged until it is there at a start",
            topic,
            Causes.deepestMessage(failure));
        return false;
      }
      throw clients.refused(failure.getCause(), patience);
    }
  }

  /** All records up to those that are there now; those that cannot be read are logged. */
  public List<Entry> readToEnd() throws InterruptedException {
    try {
      long end = end();
      List<Entry> entries = new ArrayList<>();
      long deadline = System.nanoTime() + patience.toNanos();
      while (consumer.position(partition, patience) < end) {
        entries.addAll(poll(POLL));
        if (System.nanoTime() - deadline > 0) {
          throw new org.apache.kafka.common.errors.TimeoutException("the control topic's records");
        }
      }
      return entries;
    } catch (WakeupException | InterruptException end) {
      throw end;
    } catch (KafkaException failure) {
      throw clients.refused(failure, patience);
    }
  }

  /** A topic that has just been made may be unknown for a moment; the consumer asks until then. */
  private long end() {
    return consumer.endOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
  }

  /**
   * Whether the topic is there, as far as is known: the brokers name it, what was told came to it,
   * and its offsets ascend. The brokers are asked only where they did not name it lately.
   *
   * @throws IllegalStateException where it seems to be gone, or made anew
   */
  void requireThere() {
    Throwable why = lost;
    if (why != null) {
      throw new IllegalStateException("it does not take reports: " + why.getMessage(), why);
    }
    List<PartitionInfo> named = consumer.partitionsFor(partition.topic(), patience);
    if (named == null || named.isEmpty()) {
      throw new IllegalStateException("it was deleted");
    }
  }

  /** The next records; those that cannot be read are logged and left out. */
  public List<Entry> poll(Duration time) {
    List<Entry> entries = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(time).records(partition)) {
      if (record.offset() < next) {
        lost = new IllegalStateException("it was deleted and made anew");
      }
      next = record.offset() + 1;
      try {
        entries.add(
            new Entry(
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                ControlCodec.read(record.key(), record.value())));
      } catch (InvalidInputException wrong) {
        LOG.warn(
            "Topic {}, offset {} is passed over: {}",
            partition.topic(),
            record.offset(),
            wrong.getMessage());
      }
    }
    return entries;
  }

  /** Writes a record, and does not wait for it; what fails is logged, for it is told again. */
  void tell(ControlRecord record) {
    CompletableFuture<RecordMetadata> unused =
        send(record)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    LOG.debug("Topic {} was not told: {}", partition.topic(), failure.toString());
                    lost = failure;
                  }
                });
  }

  /**
   * Writes a record and waits until it is there.
   *
   * @return it with its place
   */
  public Entry write(ControlRecord record) throws InterruptedException {
    try {
      RecordMetadata written = send(record).get(2 * patience.toMillis(), TimeUnit.MILLISECONDS);
      return new Entry(written.offset(), Instant.ofEpochMilli(written.timestamp()), record);
    } catch (ExecutionException failure) {
      throw clients.refused(failure.getCause(), patience);
    } catch (TimeoutException late) {
      throw clients.refused(
          new org.apache.kafka.common.errors.TimeoutException("no answer", late), patience);
    }
  }

  // Kafka's constructor and callback do not say so, but a value may be null (a tombstone), and so
  // may a failure.
  @SuppressWarnings("NullAway")
  private CompletableFuture<RecordMetadata> send(ControlRecord record) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                partition.topic(),
                partition.partition(),
                ControlCodec.key(record),
                ControlCodec.value(record)),
            (metadata, failure) -> {
              if (failure == null) {
                sent.complete(metadata);
              } else {
                sent.completeExceptionally(failure);
              }
            });
    return sent;
  }

  /** Makes a {@link #poll} that waits, or the next one, end at once with an exception. */
  void wakeUp() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    try {
      producer.close(patience);
    } finally {
      consumer.close();
    }
  }
}
