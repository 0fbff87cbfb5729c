package io.sentimentstreams.trend;

import io.sentimentstreams.InvalidInputException;
import java.util.Optional;

/**
 * When a group's share of a label is worth an alert. What lies between both shares changes nothing,
 * so that a share that wavers about a threshold does not flap.
 *
 * @param label such as {@code negative}
 * @param above the alert begins at this share or more, 0 excluded, to 1
 * @param below it ends at this share or less; less than {@code above}
 * @param events that the window must have for either, 1 or more
 */
public record AlertRule(String label, double above, double below, int events) {
  public AlertRule {
    if (!(above > 0 && above <= 1)) {
      throw new InvalidInputException(
          "alertAbove: %s, but more than 0 and at most 1 is needed".formatted(above));
    }
    if (!(below >= 0 && below < above)) {
      throw new InvalidInputException(
          "alertBelow: %s, but 0 or more and less than alertAbove (%s) is needed"
              .formatted(below, above));
    }
    if (events < 1) {
      throw new InvalidInputException("alertEvents: %d, but 1 or more is needed".formatted(events));
    }
  }

  /** What becomes of an alert; empty where nothing does. */
  Optional<Alert.Kind> judge(boolean raised, Tally window) {
    long all = window.events();
    if (all < events) {
      return Optional.empty();
    }
    double share = (double) window.events(label) / all;
    if (!raised && share >= above) {
      return Optional.of(Alert.Kind.BEGIN);
    }
    return raised && share <= below ? Optional.of(Alert.Kind.END) : Optional.empty();
  }
}
