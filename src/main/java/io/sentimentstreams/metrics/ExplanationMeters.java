package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;

/**
 * How many of a route's labels are explained, see {@link Meters}. Safe for use by several threads
 * at once.
 */
public final class ExplanationMeters {
  private final Counter given;
  private final Counter leftOut;

  ExplanationMeters(Counter given, Counter leftOut) {
    this.given = given;
    this.leftOut = leftOut;
  }

  /** A label has its explanation. */
  public void given() {
    given.increment();
  }

  /** A label goes without. */
  public void leftOut() {
    leftOut.increment();
  }
}
