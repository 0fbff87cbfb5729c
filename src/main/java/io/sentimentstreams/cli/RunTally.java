package io.sentimentstreams.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** What became of the events of one run of the demo. Safe for use by several threads. */
final class RunTally {
  private long in;
  private long out;
  private long deadLettered;
  private final Map<String, Long> labels = new TreeMap<>();
  private final Map<String, Long> reasons = new TreeMap<>();

  /**
   * The counts at one moment.
   *
   * @param in events that the broker has accepted
   * @param out events labelled
   * @param deadLettered events that could not be labelled
   * @param labels of the labelled, how many of each
   * @param reasons of the dead letters, how many of each
   */
  record Counts(
      long in, long out, long deadLettered, Map<String, Long> labels, Map<String, Long> reasons) {

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
    labels.merge(label, 1L, Long::sum);
  }

  synchronized void deadLettered(String reason) {
    deadLettered++;
    reasons.merge(reason, 1L, Long::sum);
  }

  synchronized Counts counts() {
    return new Counts(
        in, out, deadLettered, new LinkedHashMap<>(labels), new LinkedHashMap<>(reasons));
  }
}
