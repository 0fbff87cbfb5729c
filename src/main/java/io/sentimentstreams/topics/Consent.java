package io.sentimentstreams.topics;

import java.util.List;

/**
 * What a change may cost.
 *
 * @param partitions whether topics may get more partitions, which moves keys
 * @param deletion topics whose records may be deleted
 */
public record Consent(boolean partitions, List<TopicPattern> deletion) {
  /** Nothing that moves keys or deletes records. */
  public static final Consent NONE = new Consent(false, List.of());

  public Consent {
    deletion = List.copyOf(deletion);
  }

  boolean mayDelete(String topic) {
    return deletion.stream().anyMatch(pattern -> pattern.matches(topic));
  }
}
