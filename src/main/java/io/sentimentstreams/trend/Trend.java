package io.sentimentstreams.trend;

import java.util.OptionalDouble;

/**
 * A window of one group.
 *
 * @param start in milliseconds since the epoch, included
 * @param end excluded
 * @param tally of its events
 * @param before of the events of the window that ends where this one begins
 */
public record Trend(long start, long end, Tally tally, Tally before) {

  /** By how much sentiment is above that of the window before; empty where one has none. */
  public OptionalDouble change() {
    OptionalDouble now = tally.sentiment();
    OptionalDouble then = before.sentiment();
    return now.isPresent() && then.isPresent()
        ? OptionalDouble.of(now.getAsDouble() - then.getAsDouble())
        : OptionalDouble.empty();
  }
}
