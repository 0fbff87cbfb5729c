package io.sentimentstreams.chaos;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which processes a run has.
 *
 * @param brokers 1, or 3 and more: with two, none could be away
 * @param instances of the stream that are there all the time
 * @param staticMembers whether each instance keeps its membership of the group over restarts
 * @param settings of the instances, over those of the run
 */
public record Fleet(
    int brokers, int instances, boolean staticMembers, Map<String, String> settings) {
  private static final int MOST_BROKERS = 9;
  private static final String PROTOCOL = "kafka.group.protocol";

  /** Beginnings of settings without which a run is none. */
  private static final List<String> OWNED =
      List.of(
          "applicationId",
          "bootstrapServers",
          "processingGuarantee",
          "deadLetterTopic",
          "controlTopic",
          "http.",
          "routes.",
          "kafka.state.dir",
          "kafka.group.instance.id");

  public Fleet {
    settings = Map.copyOf(settings);
    if (brokers != 1 && (brokers < 3 || brokers > MOST_BROKERS)) {
      throw new InvalidInputException(
          "brokers: %d, but must be 1, or 3 to %d".formatted(brokers, MOST_BROKERS));
    }
    if (instances < 1) {
      throw new InvalidInputException("instances: %d, but must be at least 1".formatted(instances));
    }
    for (String key : settings.keySet()) {
      if (OWNED.stream().anyMatch(key::startsWith)) {
        throw new InvalidInputException(
            "set: %s belongs to the run; see its other options".formatted(key));
      }
    }
    if (staticMembers && assignedByBroker(settings)) {
      throw new InvalidInputException(
          "static: Kafka refuses static members with kafka.group.protocol=streams; leave one of the two out");
    }
  }

  /** Whether the broker assigns the tasks, and says how long sessions are (KIP-1071). */
  boolean assignedByBroker() {
    return assignedByBroker(settings);
  }

  private static boolean assignedByBroker(Map<String, String> settings) {
    return settings.getOrDefault(PROTOCOL, "").toLowerCase(Locale.ROOT).equals("streams");
  }
}
