package io.sentimentstreams.doctor;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.KafkaClients;
import io.sentimentstreams.stream.StreamSettings;
import io.sentimentstreams.topics.TopicRole;
import io.sentimentstreams.topics.TopicRoles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** The broker that the settings name: whether it answers, its topics, and what it permits. */
final class BrokerChecks {
  /** Below, the broker is not the one that is meant, or not there. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final int PATIENCE_MILLIS = (int) PATIENCE.toMillis();
  static final String PERMIT =
      "permit it by an ACL for the user of the kafka.sasl or kafka.ssl settings";

  private final StreamSettings settings;
  private final Set<String> described;
  private final boolean named;
  private final KafkaClients clients;

  /**
   * Checks of one broker.
   *
   * @param described topics that a file describes
   * @param named whether the settings name it; a default that does not answer is only warned of
   */
  BrokerChecks(StreamSettings settings, Set<String> described, boolean named) {
    this.settings = settings;
    this.described = described;
    this.named = named;
    this.clients = new KafkaClients(settings);
  }

  List<Finding> check() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    try (Admin admin = clients.admin("doctor")) {
      findings.add(cluster(admin));
      findings.addAll(topics(admin));
      findings.add(group(admin));
      findings.addAll(new StreamRights(settings, clients, PATIENCE).check(admin));
    } catch (InvalidInputException unreachable) {
      findings.add(unreachable(String.valueOf(unreachable.getMessage())));
    }
    return findings;
  }

  private Finding unreachable(String message) {
    return named
        ? Finding.fail("broker", message, "mend the setting that it names, or start the broker")
        : Finding.warn(
            "broker",
            message + " (no setting names one); topics and permissions are not checked",
            "set bootstrapServers, or try './sentiment demo', which brings its own");
  }

  private Finding cluster(Admin admin) throws InterruptedException {
    long began = System.nanoTime();
    DescribeClusterResult cluster =
        admin.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS));
    int nodes = clients.await(cluster.nodes(), PATIENCE).size();
    return Finding.ok(
        "broker",
        "%s answers in %,d ms: cluster %s of %d"
            .formatted(
                settings.bootstrapServers(),
                Duration.ofNanos(System.nanoTime() - began).toMillis(),
                clients.await(cluster.clusterId(), PATIENCE),
                nodes));
  }

  private List<Finding> topics(Admin admin) throws InterruptedException {
    Map<String, TopicRole> roles = new TreeMap<>(TopicRoles.of(settings).byTopic());
    DescribeTopicsOptions options =
        new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS).includeAuthorizedOperations(true);
    Map<String, KafkaFuture<TopicDescription>> described =
        admin.describeTopics(roles.keySet(), options).topicNameValues();
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, TopicRole> topic : roles.entrySet()) {
      findings.add(topic(topic.getKey(), topic.getValue(), described.get(topic.getKey())));
    }
    return findings;
  }

  private Finding topic(String name, TopicRole role, @Nullable KafkaFuture<TopicDescription> answer)
      throws InterruptedException {
    String what = what(name);
    if (answer == null) {
      throw new IllegalStateException("no answer for topic " + name);
    }
    try {
      return permitted(what, role, answer.get());
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
        return missing(name, role);
      }
      if (failure.getCause() instanceof AuthorizationException) {
        return Finding.fail(what, "may not be described", PERMIT);
      }
      throw clients.refused(failure.getCause(), PATIENCE);
    }
  }

  private Finding missing(String topic, TopicRole role) {
    return switch (role) {
      case INPUT, OUTPUT, DEAD_LETTERS -> missing(topic, true);
      case DISAGREEMENTS -> missing(topic, settings.hasShadows());
      case TRENDS -> missing(topic, settings.hasTrends());
      case ALERTS -> missing(topic, settings.hasAlerts());
      case CONTROL -> Finding.ok(what(topic), "missing; the stream makes it, where it may");
      case REPLAYS -> Finding.ok(what(topic), "missing; the first replay makes it");
    };
  }

  private Finding missing(String topic, boolean needed) {
    if (!needed) {
      return Finding.ok(what(topic), "missing, and not needed with these settings");
    }
    return Finding.fail(
        what(topic),
        "missing",
        described.contains(topic)
            ? "./sentiment topics apply, with the same --config and --set"
            : "describe it in a file in topics/ for ./sentiment topics apply, or make it with Kafka's own tools");
  }

  private static String what(String topic) {
    return "topic " + topic;
  }

  private static Finding permitted(String what, TopicRole role, TopicDescription topic) {
    Set<AclOperation> missing = missing(needed(role), topic.authorizedOperations());
    int partitions = topic.partitions().size();
    String detail = "%d %s".formatted(partitions, partitions == 1 ? "partition" : "partitions");
    if (!missing.isEmpty()) {
      return Finding.fail(
          what, "%s, but not permitted: %s".formatted(detail, names(missing)), PERMIT);
    }
    boolean leaderless =
        topic.partitions().stream().anyMatch(partition -> partition.leader() == null);
    return leaderless
        ? Finding.fail(what, detail + ", some without a leader", "start the brokers that lead them")
        : Finding.ok(what, "%s, permitted: %s".formatted(detail, names(needed(role))));
  }

  private static Set<AclOperation> needed(TopicRole role) {
    return switch (role) {
      case INPUT -> EnumSet.of(AclOperation.DESCRIBE, AclOperation.READ);
      case OUTPUT, DEAD_LETTERS, DISAGREEMENTS, TRENDS, ALERTS ->
          EnumSet.of(AclOperation.DESCRIBE, AclOperation.WRITE);
      case REPLAYS, CONTROL ->
          EnumSet.of(AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE);
    };
  }

  /** A broker that keeps no account of who may do what tells nothing, and permits all. */
  static Set<AclOperation> missing(
      Set<AclOperation> needed, @Nullable Collection<AclOperation> permitted) {
    Set<AclOperation> missing = EnumSet.copyOf(needed);
    if (permitted == null) {
      missing.clear();
    } else {
      missing.removeAll(permitted);
    }
    return missing;
  }

  private static String names(Collection<AclOperation> operations) {
    return operations.stream()
        .map(operation -> operation.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .collect(Collectors.joining(", "));
  }

  private Finding group(Admin admin) throws InterruptedException {
    String what = "group " + settings.applicationId();
    DescribeConsumerGroupsOptions options =
        new DescribeConsumerGroupsOptions()
            .timeoutMs(PATIENCE_MILLIS)
            .includeAuthorizedOperations(true);
    try {
      ConsumerGroupDescription group =
          admin
              .describeConsumerGroups(List.of(settings.applicationId()), options)
              .describedGroups()
              .values()
              .iterator()
              .next()
              .get();
      Set<AclOperation> missing =
          missing(EnumSet.of(AclOperation.READ), group.authorizedOperations());
      String detail = "%d members".formatted(group.members().size());
      return missing.isEmpty()
          ? Finding.ok(what, detail + ", permitted: read")
          : Finding.fail(what, detail + ", but not permitted: read", PERMIT);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof GroupIdNotFoundException) {
        return Finding.ok(what, "new: nothing has run with it yet");
      }
      if (failure.getCause() instanceof AuthorizationException) {
        return Finding.fail(what, "may not be used", PERMIT);
      }
      if (failure.getCause() instanceof ApiException) {
        return Finding.warn(
            what,
            "not told: " + failure.getCause().getMessage(),
            "no matter, where the stream starts");
      }
      throw clients.refused(failure.getCause(), PATIENCE);
    }
  }
}
