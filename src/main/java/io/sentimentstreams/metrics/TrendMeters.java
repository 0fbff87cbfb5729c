package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The meters of one route's trends, see {@link Meters}. Safe for use by several threads at once.
 */
public final class TrendMeters {
  private final Events events;
  private final Counter windows;
  private final Counter begun;
  private final Counter ended;
  private final AtomicLong groups;

  TrendMeters(Events events, Counter windows, Counter begun, Counter ended, AtomicLong groups) {
    this.events = events;
    this.windows = windows;
    this.begun = begun;
    this.ended = ended;
    this.groups = groups;
  }

  /** Labelled events that no trend can have: without a group, or ahead of the clock. */
  public void passedOver(long withoutGroup, long ahead) {
    events.withoutGroup().increment((double) withoutGroup);
    events.ahead().increment((double) ahead);
  }

  /** Events that are in all of their windows, miss some, or belong to a group too many. */
  public void counted(long inTime, long late, long overLimit) {
    events.counted().increment((double) inTime);
    events.late().increment((double) late);
    events.overLimit().increment((double) overLimit);
  }

  /** A window was closed. */
  public void closed() {
    windows.increment();
  }

  /** An alert began. */
  public void alertBegan() {
    begun.increment();
  }

  /** An alert ended. */
  public void alertEnded() {
    ended.increment();
  }

  /** There are so many more groups, or fewer. */
  public void groups(int more) {
    groups.addAndGet(more);
  }

  /** What became of the labelled events. */
  record Events(
      Counter counted, Counter late, Counter ahead, Counter withoutGroup, Counter overLimit) {}
}
