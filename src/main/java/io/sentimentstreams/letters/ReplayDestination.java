package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;

/** The topic that events may be sent to in place of those that they came from. */
final class ReplayDestination {
  private ReplayDestination() {}

  /**
   * Refuses what is no name of a topic, and the topics that the stream itself writes: their readers
   * expect what it writes there, not events.
   *
   * @param to what {@code --to} says
   * @param ledger the topic of the replays made so far
   * @throws InvalidInputException in one line
   */
  static void require(String to, StreamSettings settings, String ledger) {
    if (!TopicSpec.isLegalName(to)) {
      throw new InvalidInputException(
          "--to \"%s\": is no topic name; use letters, digits, \".\", \"_\" and \"-\", at most 249"
              .formatted(to));
    }
    if (to.equals(settings.deadLetterTopic()) || to.equals(ledger)) {
      throw refused(to, "belongs to the dead letters themselves");
    }
    if (to.equals(settings.controlTopic())) {
      throw refused(to, "is the control topic");
    }
    if (to.equals(settings.disagreementTopic())) {
      throw refused(to, "is the topic of disagreements");
    }
    if (to.equals(settings.trendTopic())) {
      throw refused(to, "is the topic of trends");
    }
    if (to.equals(settings.alertTopic())) {
      throw refused(to, "is the topic of alerts");
    }
    for (Route route : settings.routes()) {
      if (to.equals(route.output())) {
        throw refused(to, "is the output of route \"%s\"".formatted(route.name()));
      }
    }
  }

  private static InvalidInputException refused(String to, String why) {
    return new InvalidInputException("--to %s: %s; give a topic of events".formatted(to, why));
  }
}
