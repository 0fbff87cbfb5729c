package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.KafkaClients;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** Sees to it that the ledger's topic is there and forgets nothing. */
final class LedgerTopic {
  private LedgerTopic() {}

  /**
   * Makes the topic where it is missing.
   *
   * @throws InvalidInputException where the topic would delete entries, and letters be replayed
   *     twice
   */
  static void require(KafkaClients clients, Admin admin, String name) throws InterruptedException {
    if (DeadLetterTopic.describeOrNull(clients, admin, name) == null) {
      create(clients, admin, name);
    }
    Config config = ReplayTargets.configOrNull(clients, admin, name);
    String compact = TopicConfig.CLEANUP_POLICY_COMPACT;
    String policy = ReplayTargets.value(config, TopicConfig.CLEANUP_POLICY_CONFIG, compact);
    if (!policy.equals(compact)) {
      throw new InvalidInputException(
          "topic %s: cleanup.policy %s, but compact is needed, or what was replayed is forgotten and replayed again"
              .formatted(name, policy));
    }
  }

  private static void create(KafkaClients clients, Admin admin, String name)
      throws InterruptedException {
    NewTopic topic =
        new NewTopic(name, Optional.of(1), Optional.empty())
            .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
    try {
      clients.await(admin.createTopics(List.of(topic)).all(), DeadLetterTopic.PATIENCE);
    } catch (InvalidInputException refused) {
      if (!(refused.getCause() instanceof TopicExistsException)) {
        throw refused;
      }
    }
  }
}
