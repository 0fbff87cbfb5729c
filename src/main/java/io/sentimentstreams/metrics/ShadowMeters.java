package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * The meters of one route's shadow, see {@link Meters}. Safe for use by several threads at once.
 */
public final class ShadowMeters {
  private final Counter agreed;
  private final Counter disagreed;
  private final Counter failed;
  private final Counter timedOut;
  private final Counter skipped;
  private final Timer latency;

  ShadowMeters(
      Counter agreed,
      Counter disagreed,
      Counter failed,
      Counter timedOut,
      Counter skipped,
      Timer latency) {
    this.agreed = agreed;
    this.disagreed = disagreed;
    this.failed = failed;
    this.timedOut = timedOut;
    this.skipped = skipped;
    this.latency = latency;
  }

  /** Both models gave so many events the same label, and so many another. */
  public void compared(int same, int other) {
    agreed.increment(same);
    disagreed.increment(other);
  }

  /** The shadow's call for so many events failed. */
  public void failed(int events) {
    failed.increment(events);
  }

  /** The shadow did not answer in time for so many events. */
  public void timedOut(int events) {
    timedOut.increment(events);
  }

  /** So many events were not given to the shadow, which cannot keep up or has other labels. */
  public void skipped(int events) {
    skipped.increment(events);
  }

  /** A frame waited so long for the shadow, in nanoseconds. */
  public void waited(long nanos) {
    latency.record(nanos, TimeUnit.NANOSECONDS);
  }
}
