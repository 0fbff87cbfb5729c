package io.sentimentstreams.topics;

import java.util.Map;

/**
 * A topic as the broker has it.
 *
 * @param fewestReplicas of any partition
 * @param mostReplicas of any partition; another number than the fewest while they are moved
 * @param config every setting in force, by name
 */
record BrokerTopic(
    String name,
    int partitions,
    int fewestReplicas,
    int mostReplicas,
    Map<String, Setting> config) {
  BrokerTopic {
    config = Map.copyOf(config);
  }

  /**
   * A setting in force.
   *
   * @param own whether the topic itself has it, rather than the broker for all its topics
   */
  record Setting(String value, boolean own) {}
}
