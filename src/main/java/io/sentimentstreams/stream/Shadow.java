package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;

/**
 * A second model of a route, which labels some of its events for comparison only.
 *
 * @param model folder of its bundle
 * @param share of the events that it labels, more than 0 and at most 1
 */
public record Shadow(Path model, double share) {
  public Shadow {
    if (!(share > 0 && share <= 1)) {
      throw new InvalidInputException(
          "shadowShare: %s, but more than 0 and at most 1 is needed".formatted(share));
    }
  }

  /**
   * Whether the shadow labels an event. It depends on where the event lies and on nothing else, so
   * that an event that is worked on again is compared again.
   */
  boolean takes(String topic, int partition, long offset) {
    long mixed = mix(mix(mix(topic.hashCode()) ^ partition) ^ offset);
    return (mixed >>> 11) * 0x1.0p-53 < share;
  }

  /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): every bit depends on every bit. */
  private static long mix(long from) {
    long z = from + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
