package io.sentimentstreams.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/**
 * What a run of the demo came to.
 *
 * @param in events sent
 * @param out events labelled
 * @param deadLettered events that could not be labelled; {@code in = out + deadLettered}, unless
 *     the run was stopped and what was under way took too long
 * @param seconds from the first event sent to the last that came out
 * @param rowsPerSecond events a second over that time
 * @param labels how many events got each label
 */
@JsonPropertyOrder({"in", "out", "deadLettered", "seconds", "rowsPerSecond", "labels"})
record DemoSummary(
    long in,
    long out,
    long deadLettered,
    double seconds,
    double rowsPerSecond,
    Map<String, Long> labels) {

  static DemoSummary of(RunTally.Counts counts) {
    double seconds = counts.took().toNanos() / 1e9;
    return new DemoSummary(
        counts.in(),
        counts.out(),
        counts.deadLettered(),
        Math.round(seconds * 1e3) / 1e3,
        seconds > 0 ? Math.round(counts.done() / seconds * 10) / 10.0 : 0,
        counts.labels());
  }

  /** One line of JSON. */
  String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A table for people. */
  void print(PrintStream to, Map<String, Long> reasons) {
    row(to, "events in", in);
    row(to, "labelled", out);
    labels.forEach((label, count) -> row(to, "  " + label, count));
    row(to, "dead-lettered", deadLettered);
    reasons.forEach((reason, count) -> row(to, "  " + reason, count));
    long left = in - out - deadLettered;
    if (left > 0) {
      row(to, "left for the next start", left);
    }
    to.printf(Locale.ROOT, "%-24s%,12.3f%n", "seconds", seconds);
    to.printf(Locale.ROOT, "%-24s%,12.1f%n", "events a second", rowsPerSecond);
  }

  private static void row(PrintStream to, String name, long count) {
    to.printf(Locale.ROOT, "%-24s%,12d%n", name, count);
  }
}
