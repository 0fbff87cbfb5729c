package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, before anything starts, whether the broker answers and the topics are there, where Kafka
 * Streams itself would try for ever or stop with a trace, and whether compressed events can be
 * read.
 */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private final StreamSettings settings;
  private final Duration patience;
  private final KafkaClients clients;

  Preflight(StreamSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
    this.clients = new KafkaClients(settings);
  }

  /**
   * Checks.
   *
   * @return the partitions of all topics, and the limits of the settings, lowered to what the
   *     output topics take: a larger record would stop the stream, and each new start of it
   * @throws InvalidInputException in one line: the broker does not answer, refuses the credentials,
   *     or lacks topics
   */
  Findings check(StreamsConfig config) throws InterruptedException {
    NativeCodecs.load();
    try (Admin admin = clients.admin(config, "preflight")) {
      int millis = (int) patience.toMillis();
      Collection<Node> nodes =
          clients.await(
              admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis)).nodes(),
              patience);
      requireTimeouts(admin, nodes, config, millis);
      List<TopicPartition> partitions = requireTopics(admin, millis);
      requireLeaders(admin, partitions, millis);
      return new Findings(limits(admin, millis), partitions);
    }
  }

  /** Compares timeouts with what a broker allows, where it may be asked. */
  private void requireTimeouts(
      Admin admin, Collection<Node> nodes, StreamsConfig config, int millis)
      throws InterruptedException {
    List<ConfigResource> one =
        nodes.stream()
            .limit(1)
            .map(node -> new ConfigResource(ConfigResource.Type.BROKER, node.idString()))
            .toList();
    Collection<KafkaFuture<Config>> answers =
        admin
            .describeConfigs(one, new DescribeConfigsOptions().timeoutMs(millis))
            .values()
            .values();
    for (KafkaFuture<Config> answer : answers) {
      try {
        Config allowed = answer.get();
        new BrokerTimeouts(settings, config)
            .requireAllowed(
                name -> {
                  ConfigEntry entry = allowed.get(name);
                  return entry == null ? null : entry.value();
                });
      } catch (ExecutionException failure) {
        if (!isUnanswerable(failure)) {
          throw clients.refused(failure.getCause(), patience);
        }
        LOG.debug(
            "The broker's timeouts cannot be read ({}); the stream ends where it refuses those of the settings",
            Causes.deepestMessage(failure));
      }
    }
  }

  /** What the broker said. */
  record Findings(Limits limits, List<TopicPartition> partitions) {
    /** The partitions of a route's inputs. */
    List<TopicPartition> inputs(Route route) {
      return partitions.stream()
          .filter(partition -> route.inputs().contains(partition.topic()))
          .toList();
    }
  }

  /** The partitions of all topics. */
  private List<TopicPartition> requireTopics(Admin admin, int millis) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> topics =
        admin
            .describeTopics(names(), new DescribeTopicsOptions().timeoutMs(millis))
            .topicNameValues();
    Set<String> missing = new TreeSet<>();
    List<TopicPartition> partitions = new ArrayList<>();
    for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : topics.entrySet()) {
      TopicDescription description = describedOrNull(topic.getValue());
      if (description == null) {
        missing.add(topic.getKey());
      } else {
        description
            .partitions()
            .forEach(info -> partitions.add(new TopicPartition(topic.getKey(), info.partition())));
      }
    }
    if (!missing.isEmpty()) {
      throw new InvalidInputException(
          "topics missing at %s: %s; './sentiment topics apply', with the same settings, makes those that a file in topics/ describes"
              .formatted(settings.bootstrapServers(), String.join(", ", missing)));
    }
    return partitions;
  }

  /**
   * Waits until each partition has a leader that answers. A producer that writes to a topic made a
   * moment ago may else see its first batch refused and the second taken, and then repeats the
   * first in vain.
   */
  private void requireLeaders(Admin admin, List<TopicPartition> partitions, int millis)
      throws InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    await(admin.listOffsets(latest, new ListOffsetsOptions().timeoutMs(millis)).all());
  }

  private Limits limits(Admin admin, int millis) throws InterruptedException {
    Limits limits = settings.limits();
    Map<ConfigResource, KafkaFuture<Config>> topics =
        admin
            .describeConfigs(
                outputs().stream()
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList(),
                new DescribeConfigsOptions().timeoutMs(millis))
            .values();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> topic : topics.entrySet()) {
      limits = within(limits, topic.getKey().name(), largestRecord(topic.getValue()));
    }
    return limits;
  }

  private static Limits within(Limits limits, String topic, int topicBytes) {
    if (topicBytes < Limits.SMALLEST_TOPIC_BYTES) {
      throw new InvalidInputException(
          "topic %s: max.message.bytes %d, but at least %d is needed for outputs; raise it"
              .formatted(topic, topicBytes, Limits.SMALLEST_TOPIC_BYTES));
    }
    Limits lowered = limits.within(topicBytes);
    if (!lowered.equals(limits)) {
      LOG.warn(
          "Topic {} takes records of {} bytes only: limits.recordBytes {} becomes {}, limits.valueBytes {} becomes {}",
          topic,
          topicBytes,
          limits.recordBytes(),
          lowered.recordBytes(),
          limits.valueBytes(),
          lowered.valueBytes());
    }
    return lowered;
  }

  /** The topic's {@code max.message.bytes}; without bound where it cannot be known. */
  private int largestRecord(KafkaFuture<Config> topic) throws InterruptedException {
    try {
      ConfigEntry entry = topic.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      return entry == null ? Integer.MAX_VALUE : Integer.parseInt(entry.value());
    } catch (ExecutionException failure) {
      if (isUnanswerable(failure)) {
        LOG.warn(
            "max.message.bytes of the output topics cannot be read ({}); they must take limits.recordBytes: {}",
            Causes.deepestMessage(failure),
            settings.limits().recordBytes());
        return Integer.MAX_VALUE;
      }
      throw clients.refused(failure.getCause(), patience);
    }
  }

  /** Whether the broker does not tell this client its configuration. */
  private static boolean isUnanswerable(ExecutionException failure) {
    return failure.getCause() instanceof AuthorizationException
        || failure.getCause() instanceof UnsupportedVersionException;
  }

  /** Every topic that the routes read or write. */
  private Set<String> names() {
    Set<String> names = outputs();
    settings.routes().forEach(route -> names.addAll(route.inputs()));
    return names;
  }

  private Set<String> outputs() {
    Set<String> outputs = new TreeSet<>();
    outputs.add(settings.deadLetterTopic());
    settings.routes().forEach(route -> outputs.add(route.output()));
    if (settings.hasShadows()) {
      outputs.add(settings.disagreementTopic());
    }
    if (settings.hasTrends()) {
      outputs.add(settings.trendTopic());
    }
    if (settings.hasAlerts()) {
      outputs.add(settings.alertTopic());
    }
    return outputs;
  }

  private @Nullable TopicDescription describedOrNull(KafkaFuture<TopicDescription> topic)
      throws InterruptedException {
    try {
      return topic.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw clients.refused(failure.getCause(), patience);
    }
  }

  private void await(KafkaFuture<?> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException failure) {
      throw clients.refused(failure.getCause(), patience);
    }
  }
}
