package io.sentimentstreams.batch;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Time that may be spent on something besides the work: a share of the time that goes by. What is
 * not spent is kept, up to a limit. Thread-safe.
 */
public final class TimeBudget {
  private final double share;
  private final double mostNanos;
  private final LongSupplier nanos;
  private double left;
  private long countedTo;

  /**
   * A full budget.
   *
   * @param share seconds that may be spent a second, more than 0
   * @param most what is kept for later
   * @param nanos as {@link System#nanoTime}
   */
  public TimeBudget(double share, Duration most, LongSupplier nanos) {
    if (!(share > 0)) {
      throw new IllegalArgumentException("share: %s, but more than 0 is needed".formatted(share));
    }
    this.share = share;
    this.mostNanos = most.toNanos();
    this.nanos = nanos;
    this.left = mostNanos;
    this.countedTo = nanos.getAsLong();
  }

  /** Whether anything is left. What is begun then may take more; later it is paid for. */
  public synchronized boolean isLeft() {
    long now = nanos.getAsLong();
    left = Math.min(mostNanos, left + share * (now - countedTo));
    countedTo = now;
    return left > 0;
  }

  /** So much was spent, in nanoseconds. */
  public synchronized void spend(long spent) {
    left -= spent;
  }
}
