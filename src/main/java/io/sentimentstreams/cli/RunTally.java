package io.sentimentstreams.cli;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** What became of the events of one run of the demo. Safe for use by several threads. */
final class RunTally {
  private final LongSupplier nanoTime;
  private final long startNanos;
  private long lastNanos;
  private long in;
  private long out;
  private long deadLettered;
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();

  /**
   * A run that begins now.
   *
   * @param nanoTime such as {@link System#nanoTime()}
   */
  RunTally(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.lastNanos = startNanos;
  }

  /**
   * The counts at one moment.
   *
   * @param took from the start of the run to the last event that came out
   * @param in events that the broker has accepted
   * @param out events labelled
   * @param deadLettered events that could not be labelled
   * @param labels of the labelled, how many of each
   * @param reasons of the dead letters, how many of each
   */
  record Counts(
      Duration took,
      long in,
      long out,
      long deadLettered,
      Map<String, Long> labels,
      Map<String, Long> reasons) {

    /** Events that have come out at either end. */
    long done() {
      return out + deadLettered;
    }
  }

  synchronized void accepted() {
    in++;
  }

  synchronized void labelled(String label) {
    out++;
    lastNanos = nanoTime.getAsLong();
    labels.merge(label, 1L, Long::sum);
  }

  synchronized void deadLettered(String reason) {
    deadLettered++;
    lastNanos = nanoTime.getAsLong();
    reasons.merge(reason, 1L, Long::sum);
  }

  /** Events that have come out at either end. */
  synchronized long done() {
    return out + deadLettered;
  }

  synchronized Counts counts() {
    return new Counts(
        Duration.ofNanos(lastNanos - startNanos),
        in,
        out,
        deadLettered,
        new LinkedHashMap<>(labels),
        new LinkedHashMap<>(reasons));
  }
}
