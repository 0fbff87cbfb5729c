package io.sentimentstreams.page;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Keeps work to a share of the time: what takes long comes less often. For one thread. */
final class Duty {
  private final int rest;
  private final LongSupplier nanos;
  private long dueNanos;

  /**
   * Due at once.
   *
   * @param rest how many times as long as the work took there is none after it
   * @param nanos as {@link System#nanoTime}
   */
  Duty(int rest, LongSupplier nanos) {
    this.rest = rest;
    this.nanos = nanos;
    this.dueNanos = nanos.getAsLong();
  }

  /** Whether the rest is over. */
  boolean isDue() {
    return nanos.getAsLong() - dueNanos >= 0;
  }

  /** Works, and rests from then on. */
  <T> T work(Supplier<T> work) {
    long began = nanos.getAsLong();
    try {
      return work.get();
    } finally {
      long ended = nanos.getAsLong();
      dueNanos = ended + rest * (ended - began);
    }
  }
}
