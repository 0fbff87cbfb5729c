package io.sentimentstreams.letters;

import static java.util.Objects.requireNonNull;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.KafkaClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** The topics that events are sent to, each looked up once. */
final class ReplayTargets {
  private final KafkaClients clients;
  private final Admin admin;
  private final Map<String, Optional<ReplayTarget>> known = new HashMap<>();

  ReplayTargets(KafkaClients clients, Admin admin) {
    this.clients = clients;
    this.admin = admin;
  }

  /** The topic of a name, null where there is none. */
  @Nullable ReplayTarget targetOrNull(String name) throws InterruptedException {
    Optional<ReplayTarget> target = known.get(name);
    if (target == null) {
      target = Optional.ofNullable(lookUpOrNull(name));
      known.put(name, target);
    }
    return target.orElse(null);
  }

  private @Nullable ReplayTarget lookUpOrNull(String name) throws InterruptedException {
    TopicDescription topic = DeadLetterTopic.describeOrNull(clients, admin, name);
    if (topic == null) {
      return null;
    }
    Config config = configOrNull(clients, admin, name);
    boolean ownTime =
        !"LogAppendTime".equals(value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, ""));
    boolean deletes = value(config, TopicConfig.CLEANUP_POLICY_CONFIG, "delete").contains("delete");
    long retention = Long.parseLong(value(config, TopicConfig.RETENTION_MS_CONFIG, "-1"));
    String unbounded = Integer.toString(Integer.MAX_VALUE);
    return new ReplayTarget(
        name,
        topic.partitions().size(),
        Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG, unbounded)),
        ownTime && deletes ? retention : -1);
  }

  /** The settings of a topic, null where they may not be read. */
  static @Nullable Config configOrNull(KafkaClients clients, Admin admin, String name)
      throws InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
    int millis = (int) DeadLetterTopic.PATIENCE.toMillis();
    try {
      KafkaFuture<Config> described =
          admin
              .describeConfigs(List.of(resource), new DescribeConfigsOptions().timeoutMs(millis))
              .values()
              .get(resource);
      return clients.await(requireNonNull(described), DeadLetterTopic.PATIENCE);
    } catch (InvalidInputException refused) {
      if (refused.getCause() instanceof AuthorizationException) {
        return null;
      }
      throw refused;
    }
  }

  static String value(@Nullable Config config, String key, String otherwise) {
    ConfigEntry entry = config == null ? null : config.get(key);
    return entry == null || entry.value() == null ? otherwise : entry.value();
  }
}
