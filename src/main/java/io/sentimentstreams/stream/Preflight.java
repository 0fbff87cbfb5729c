package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Looks, before anything starts, whether the broker answers and the topics are there: Kafka Streams
 * itself would try for ever, or stop with a trace.
 */
final class Preflight {
  private final StreamSettings settings;
  private final Duration patience;

  Preflight(StreamSettings settings, Duration patience) {
    this.settings = settings;
    this.patience = patience;
  }

  /**
   * Checks.
   *
   * @throws InvalidInputException in one line: the broker does not answer, refuses the credentials,
   *     or lacks topics
   */
  void check(StreamsConfig config) throws InterruptedException {
    try (Admin admin = admin(config)) {
      int millis = (int) patience.toMillis();
      await(admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis)).nodes());
      requireLeaders(admin, requireTopics(admin, millis), millis);
    }
  }

  private Admin admin(StreamsConfig config) {
    try {
      return Admin.create(config.getAdminConfigs(settings.applicationId() + "-preflight"));
    } catch (KafkaException wrong) {
      throw new InvalidInputException(
          "bootstrapServers or kafka.*: %s".formatted(deepestMessage(wrong)), wrong);
    }
  }

  /** The partitions of all topics. */
  private List<TopicPartition> requireTopics(Admin admin, int millis) throws InterruptedException {
    Map<String, KafkaFuture<TopicDescription>> topics =
        admin
            .describeTopics(names(settings), new DescribeTopicsOptions().timeoutMs(millis))
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
          "topics missing at %s: %s; create them first, the files in topics/ describe the shipped ones"
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

  /** Every topic that the routes read or write. */
  static Set<String> names(StreamSettings settings) {
    Set<String> names = new TreeSet<>();
    names.add(settings.deadLetterTopic());
    for (Route route : settings.routes()) {
      names.addAll(route.inputs());
      names.add(route.output());
    }
    return names;
  }

  private @Nullable TopicDescription describedOrNull(KafkaFuture<TopicDescription> topic)
      throws InterruptedException {
    try {
      return topic.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return null;
      }
      throw refused(failure.getCause());
    }
  }

  private void await(KafkaFuture<?> answer) throws InterruptedException {
    try {
      answer.get();
    } catch (ExecutionException failure) {
      throw refused(failure.getCause());
    }
  }

  private InvalidInputException refused(@Nullable Throwable cause) {
    String servers = settings.bootstrapServers();
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return new InvalidInputException(
          "kafka.*: the broker at %s refuses the client: %s; check the kafka.sasl, kafka.ssl and kafka.security settings"
              .formatted(servers, deepestMessage(cause)),
          cause);
    }
    if (cause instanceof TimeoutException) {
      return new InvalidInputException(
          "bootstrapServers: no broker answers at %s within %d s; check the address, kafka.security.protocol, and that the broker runs"
              .formatted(servers, patience.toSeconds()),
          cause);
    }
    if (cause instanceof ApiException) {
      return new InvalidInputException(
          "bootstrapServers: the broker at %s says: %s".formatted(servers, deepestMessage(cause)),
          cause);
    }
    throw new IllegalStateException("the broker at " + servers + " could not be asked", cause);
  }

  private static String deepestMessage(Throwable failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String message = deepest.getMessage();
    return message == null ? deepest.getClass().getSimpleName() : message;
  }
}
