package io.sentimentstreams.trend;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;

/**
 * Where windows lie: one begins at each multiple of {@code advance} since the epoch. Windows of
 * {@code size == advance} tumble, longer ones overlap (hop). They are sums of panes, the pieces
 * between two beginnings, so that an event is counted in one pane however many windows have it (Li
 * et al., "No pane, no gain", SIGMOD Record 34(1), 2005).
 *
 * @param size of a window; a multiple of {@code advance}, of at most {@value #MOST_PANES} times
 * @param advance from the beginning of a window to that of the next, at least 1 s
 * @param grace how far time must be past a window's end before the window is closed; at most
 *     {@value #MOST_GRACE_PANES} times {@code advance}
 */
public record Windows(Duration size, Duration advance, Duration grace) {
  static final int MOST_PANES = 240;

  /** Of the grace. */
  static final int MOST_GRACE_PANES = 500;

  /**
   * Between the last window that is closed and the furthest source. With those of two windows and
   * those ahead of the clock, the panes of a group stay below Kafka's 1 MB a record with a dozen
   * labels.
   */
  static final int MOST_OPEN_PANES = 1_500;

  private static final Duration LONGEST = Duration.ofDays(1);

  public Windows {
    requireWithin("advance", advance, Duration.ofSeconds(1), LONGEST);
    requireWithin("window", size, advance, LONGEST);
    requireWithin("grace", grace, Duration.ZERO, LONGEST);
    long panes = size.toMillis() / advance.toMillis();
    if (panes * advance.toMillis() != size.toMillis() || panes > MOST_PANES) {
      throw new InvalidInputException(
          "window: %s, but a multiple of advance (%s) is needed, 1 to %d times it"
              .formatted(size, advance, MOST_PANES));
    }
    if (grace.compareTo(advance.multipliedBy(MOST_GRACE_PANES)) > 0) {
      throw new InvalidInputException(
          "grace: %s, but at most %d times advance (%s) is needed"
              .formatted(grace, MOST_GRACE_PANES, advance));
    }
  }

  /** How far behind the furthest one a source is waited for: as long as so many panes are open. */
  public Duration mostBehind() {
    return advance.multipliedBy(MOST_OPEN_PANES).minus(grace);
  }

  private static void requireWithin(String field, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new InvalidInputException(
          "%s: %s, but %s to %s is needed".formatted(field, value, least, most));
    }
  }

  /** The beginning of the pane that an event of this time is in; all in milliseconds. */
  public long paneOf(long timeMillis) {
    return floor(timeMillis);
  }

  /**
   * The end of the last window that is closed at this time: none may be, and then it is far off.
   */
  public long closedEnd(long timeMillis) {
    return timeMillis == StreamTime.UNKNOWN ? timeMillis : floor(timeMillis - graceMillis());
  }

  long sizeMillis() {
    return size.toMillis();
  }

  long advanceMillis() {
    return advance.toMillis();
  }

  private long graceMillis() {
    return grace.toMillis();
  }

  private long floor(long timeMillis) {
    return Math.floorDiv(timeMillis, advanceMillis()) * advanceMillis();
  }
}
