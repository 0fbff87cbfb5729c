package io.sentimentstreams.page;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the stream is, as the page gets it every second.
 *
 * @param time milliseconds since the epoch
 * @param live whether the process works
 * @param ready whether events are being labelled
 * @param reasons what is wrong, or waited for
 * @param lag records that wait, by {@code topic-partition} of this instance
 * @param routes in the order of their names
 * @param groups of the trends, those with the most events
 */
record State(
    long time,
    boolean live,
    boolean ready,
    List<String> reasons,
    Map<String, Long> lag,
    List<OfRoute> routes,
    List<Groups.Group> groups) {

  /**
   * How a route is.
   *
   * @param in events a second
   * @param labelled events a second
   * @param dead dead letters a second
   * @param latency null while there are no events
   * @param totals since the start
   * @param unaccounted events under work, or without outcome
   * @param drift population stability index by what is measured, null where there are too few
   *     texts; empty where the model tells nothing
   * @param agreement share of events that the shadow labels alike; null without shadow
   */
  record OfRoute(
      String route,
      double in,
      double labelled,
      double dead,
      @Nullable Latency latency,
      Totals totals,
      long unaccounted,
      boolean breakerOpen,
      Reading.Model model,
      Map<String, @Nullable Double> drift,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double agreement) {}

  /** Percentiles of the milliseconds from a poll until its events were sent on. */
  record Latency(double p50, double p95, double p99) {}

  /** Events since the start: all, by label, and dead letters by reason. */
  record Totals(long in, Map<String, Long> labels, Map<String, Long> reasons) {}

  /**
   * The events of one second, for the charts.
   *
   * @param time milliseconds since the epoch, at its end
   * @param routes by name
   */
  record Second(long time, Map<String, Counts> routes) {}

  /** A route's events of one second. */
  record Counts(long in, long dead, Map<String, Long> labels) {}
}
