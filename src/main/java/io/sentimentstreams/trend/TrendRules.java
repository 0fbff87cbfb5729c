package io.sentimentstreams.trend;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.Optional;

/**
 * How trends are made.
 *
 * @param windows that events are counted in
 * @param idle how long a source without events is waited for, 1 s to 60 min
 * @param maximumGroups of one partition of the groups; the events of further ones are not counted
 * @param alert when to alert, empty for never
 */
public record TrendRules(
    Windows windows, Duration idle, int maximumGroups, Optional<AlertRule> alert) {
  private static final Duration SHORTEST_IDLE = Duration.ofSeconds(1);
  private static final Duration LONGEST_IDLE = Duration.ofHours(1);

  public TrendRules {
    if (idle.compareTo(SHORTEST_IDLE) < 0 || idle.compareTo(LONGEST_IDLE) > 0) {
      throw new InvalidInputException(
          "idle: %s, but %s to %s is needed".formatted(idle, SHORTEST_IDLE, LONGEST_IDLE));
    }
    if (maximumGroups < 1) {
      throw new InvalidInputException(
          "groups: %d, but 1 or more is needed".formatted(maximumGroups));
    }
  }
}
