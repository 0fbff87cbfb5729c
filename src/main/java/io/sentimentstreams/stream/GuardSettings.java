package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;

/**
 * What happens when a model fails for everything, or hangs.
 *
 * @param modelTimeout how long a call of a model may take; a single text has a quarter of it
 * @param retries how often a frame is tried again before the breaker opens
 * @param backOff delay before the first new try; each further one is twice as long
 * @param longestBackOff the longest delay between the probes of an open breaker
 */
public record GuardSettings(
    Duration modelTimeout, int retries, Duration backOff, Duration longestBackOff) {
  private static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(100);

  /** A frame with a text that hangs takes somewhat more; a poll must come within 5 minutes. */
  private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(2);

  private static final int SLOW_SHARE = 8;
  private static final int MOST_RETRIES = 10;
  private static final Duration SHORTEST_BACK_OFF = Duration.ofMillis(1);
  private static final Duration LONGEST_BACK_OFF = Duration.ofHours(1);

  public GuardSettings {
    requireWithin(Setting.MODEL_TIMEOUT, modelTimeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
    if (retries < 0 || retries > MOST_RETRIES) {
      throw new InvalidInputException(
          "%s: %d, but 0 to %d is needed"
              .formatted(Setting.BREAKER_RETRIES, retries, MOST_RETRIES));
    }
    requireWithin(Setting.BREAKER_BACK_OFF, backOff, SHORTEST_BACK_OFF, LONGEST_BACK_OFF);
    requireWithin(Setting.BREAKER_LONGEST_BACK_OFF, longestBackOff, backOff, LONGEST_BACK_OFF);
  }

  /**
   * When a frame that is being divided is given up, to be packed in smaller ones: in time for its
   * transaction, the call under way included.
   */
  Duration frameTime() {
    return modelTimeout.multipliedBy(3).dividedBy(2);
  }

  /** An outcome that took longer is worth keeping until the transaction has ended. */
  Duration slowFrame() {
    return modelTimeout.dividedBy(SLOW_SHARE);
  }

  private static void requireWithin(String key, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new InvalidInputException(
          "%s: %d ms, but %d ms to %d ms is needed"
              .formatted(key, value.toMillis(), least.toMillis(), most.toMillis()));
    }
  }
}
