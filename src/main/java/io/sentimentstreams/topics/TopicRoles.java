package io.sentimentstreams.topics;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.letters.DeadLetterTopic;
import io.sentimentstreams.stream.StreamSettings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The topics that a stream's settings name.
 *
 * @param byTopic what each is to it
 */
public record TopicRoles(Map<String, TopicRole> byTopic) {
  public TopicRoles {
    byTopic = Map.copyOf(byTopic);
  }

  /** Those of these settings. */
  public static TopicRoles of(StreamSettings settings) {
    Map<String, TopicRole> roles = new TreeMap<>();
    settings
        .routes()
        .forEach(
            route -> {
              route.inputs().forEach(input -> roles.put(input, TopicRole.INPUT));
              roles.put(route.output(), TopicRole.OUTPUT);
            });
    roles.put(settings.deadLetterTopic(), TopicRole.DEAD_LETTERS);
    roles.put(DeadLetterTopic.ledgerName(settings), TopicRole.REPLAYS);
    roles.put(settings.disagreementTopic(), TopicRole.DISAGREEMENTS);
    roles.put(settings.trendTopic(), TopicRole.TRENDS);
    roles.put(settings.alertTopic(), TopicRole.ALERTS);
    roles.put(settings.controlTopic(), TopicRole.CONTROL);
    return new TopicRoles(roles);
  }

  Optional<TopicRole> of(String topic) {
    return Optional.ofNullable(byTopic.get(topic));
  }

  /**
   * Refuses topics that the stream could not use.
   *
   * @throws InvalidInputException where the control topic has more than one partition
   */
  public void requireUsable(TopicCatalog catalog) {
    for (TopicSpec topic : catalog.topics()) {
      if (byTopic.get(topic.name()) == TopicRole.CONTROL && topic.partitions() != 1) {
        throw new InvalidInputException(
            "topic %s: spec.partitions: %d, but the control topic needs 1: its records must have one order"
                .formatted(topic.name(), topic.partitions()));
      }
    }
  }
}
