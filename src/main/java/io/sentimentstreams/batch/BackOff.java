package io.sentimentstreams.batch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: twice as long each time, up to a longest delay, and each
 * shortened at random by up to a half, so that those who failed together do not come back together.
 *
 * @param first delay, before it is shortened
 * @param longest delay, at least the first
 * @param random safe for use by several threads
 */
public record BackOff(Duration first, Duration longest, RandomGenerator random) {
  public BackOff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "delays of %s to %s, but more than 0 and ascending is needed".formatted(first, longest));
    }
  }

  /**
   * The delay before a try.
   *
   * @param failures that went before it, less one: 0 after the first
   */
  public Duration delay(int failures) {
    Duration delay = first;
    for (int i = 0; i < failures && delay.compareTo(longest) < 0; i++) {
      delay = delay.multipliedBy(2);
    }
    long nanos = (delay.compareTo(longest) < 0 ? delay : longest).toNanos();
    return Duration.ofNanos(nanos - random.nextLong(nanos / 2 + 1));
  }
}
