package io.sentimentstreams.trend;

import java.time.Duration;

/**
 * When a source must tell how far it has come: where windows may close by it, and now and then to
 * show that it lives. For one thread.
 */
public final class SourceClock {
  /** How often a source shows that it lives while it is waited for. */
  private static final int A_WAIT = 4;

  private final Windows windows;
  private final long everyMillis;
  private long toldAt;
  private long toldEnd = StreamTime.UNKNOWN;
  private long latest = StreamTime.UNKNOWN;

  /** Nothing told; {@code idle} is how long sources are waited for. */
  public SourceClock(Windows windows, Duration idle) {
    this.windows = windows;
    this.everyMillis = idle.toMillis() / A_WAIT;
  }

  /** An event of this time has passed; true where the source must now tell {@link #latest}. */
  public boolean passed(long timeMillis, long now) {
    latest = Math.max(latest, timeMillis);
    long end = windows.closedEnd(latest);
    if (end == toldEnd && now - toldAt < everyMillis) {
      return false;
    }
    toldEnd = end;
    toldAt = now;
    return true;
  }

  /** The latest time of an event. */
  public long latest() {
    return latest;
  }
}
