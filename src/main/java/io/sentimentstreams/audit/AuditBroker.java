package io.sentimentstreams.audit;

import static java.util.Comparator.comparing;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.StreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** What the broker knows of topics, offsets and the stream's group. */
final class AuditBroker implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MILLIS = (int) PATIENCE.toMillis();

  private final StreamSettings settings;
  private final KafkaClients clients;
  private final Admin admin;

  AuditBroker(StreamSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
    this.admin = clients.admin("verify-admin");
  }

  /** The partitions of all these topics. */
  List<Partition> partitions(Set<String> topics) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> answers =
        admin
            .describeTopics(topics, new DescribeTopicsOptions().timeoutMs(MILLIS))
            .topicNameValues();
    Set<String> missing = new TreeSet<>();
    List<Partition> partitions = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : answers.entrySet()) {
      try {
        answer
            .getValue()
            .get()
            .partitions()
            .forEach(info -> partitions.add(new Partition(answer.getKey(), info.partition())));
      } catch (ExecutionException failure) {
        if (!(failure.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw clients.refused(failure.getCause(), PATIENCE);
        }
        missing.add(answer.getKey());
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "topics missing at %s: %s; give the settings that the stream has"
              .formatted(settings.bootstrapServers(), String.join(", ", missing)));
    }
    return partitions;
  }

  /** Offsets of this kind; partitions that have none are left out. */
  Map<Partition, Long> offsets(
      Collection<Partition> partitions, OffsetSpec which, IsolationLevel isolation)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(
        partition -> asked.put(new TopicPartition(partition.topic(), partition.number()), which));
    Map<TopicPartition, ListOffsetsResultInfo> answers =
        clients.await(
            admin.listOffsets(asked, new ListOffsetsOptions(isolation).timeoutMs(MILLIS)).all(),
            PATIENCE);
    Map<Partition, Long> offsets = new TreeMap<>();
    answers.forEach(
        (partition, answer) -> {
          if (answer.offset() >= 0) {
            offsets.put(partition(partition), answer.offset());
          }
        });
    return offsets;
  }

  /** Behind the last event that the stream's group says to have worked on, by partition. */
  Map<Partition, Long> committed() throws InterruptedException {
    Map<Partition, Long> committed = new HashMap<>();
    offsetsOfGroup()
        .forEach(
            (partition, offset) -> {
              if (offset != null) {
                committed.put(partition(partition), offset.offset());
              }
            });
    return committed;
  }

  private Map<TopicPartition, OffsetAndMetadata> offsetsOfGroup() throws InterruptedException {
    try {
      return admin
          .listConsumerGroupOffsets(
              settings.applicationId(), new ListConsumerGroupOffsetsOptions().timeoutMs(MILLIS))
          .partitionsToOffsetAndMetadata()
          .get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return Map.of();
      }
      throw clients.refused(failure.getCause(), PATIENCE);
    }
  }

  /**
   * Transactions that hold back what follows in these partitions; none where they may not be known.
   */
  List<OpenTransaction> openTransactions(Collection<Partition> outputs)
      throws InterruptedException {
    List<TopicPartition> asked =
        outputs.stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.number()))
            .toList();
    List<OpenTransaction> open = new ArrayList<>();
    try {
      Map<TopicPartition, PartitionProducerState> answers =
          admin
              .describeProducers(asked, new DescribeProducersOptions().timeoutMs(MILLIS))
              .all()
              .get();
      answers.forEach(
          (partition, state) ->
              state.activeProducers().stream()
                  .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                  .map(producer -> OpenTransaction.of(partition(partition), producer))
                  .forEach(open::add));
    } catch (ExecutionException failure) {
      // What a broker before 2.8 does not know is no reason to tell nothing of the audit.
      boolean unknown =
          failure.getCause() instanceof AuthorizationException
              || failure.getCause() instanceof UnsupportedVersionException;
      if (!unknown) {
        throw clients.refused(failure.getCause(), PATIENCE);
      }
    }
    open.sort(comparing(OpenTransaction::output).thenComparing(OpenTransaction::startOffset));
    return open;
  }

  /** Those of the topics that the broker compacts; none where it may not be known. */
  Set<String> compacted(Set<String> topics) throws InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Set<String> compacted = new HashSet<>();
    try {
      Map<ConfigResource, Config> configs =
          admin
              .describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(MILLIS))
              .all()
              .get();
      configs.forEach(
          (resource, config) -> {
            ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
              compacted.add(resource.name());
            }
          });
    } catch (ExecutionException failure) {
      if (!(failure.getCause() instanceof AuthorizationException)) {
        throw clients.refused(failure.getCause(), PATIENCE);
      }
    }
    return compacted;
  }

  private static Partition partition(TopicPartition partition) {
    return new Partition(partition.topic(), partition.partition());
  }

  @Override
  public void close() {
    admin.close(PATIENCE);
  }
}
