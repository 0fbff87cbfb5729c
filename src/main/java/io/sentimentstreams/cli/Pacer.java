package io.sentimentstreams.cli;

import java.time.Duration;

/** When the next of a row of events is due, so that they go out at an even rate. */
final class Pacer {
  private final double perSecond;
  private final long startNanos;

  /**
   * @param perSecond events a second; infinite for no limit
   * @param startNanos when the first is due, on {@link System#nanoTime()}'s scale
   */
  Pacer(double perSecond, long startNanos) {
    this.perSecond = perSecond;
    this.startNanos = startNanos;
  }

  /** How long after {@code nowNanos} the event of this number is due; negative where it is late. */
  Duration untilDue(long number, long nowNanos) {
    long due = (long) (number * 1e9 / perSecond);
    return Duration.ofNanos(due - (nowNanos - startNanos));
  }
}
