package io.sentimentstreams.bench;

import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A report of the pipeline benchmark for people. */
public final class PipelineTable {
  private static final String ROW = "  %-18s %-9s %10s %12s %25s  %s";

  private PipelineTable() {}

  /** Lines, without one more line end behind the last. */
  public static String of(PipelineReport report) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(report.machine().toString());
    String warning = report.machine().warning();
    if (warning != null) {
      lines.add(warning);
    }
    lines.add(
        format(
            "Events: %s; %d partitions, %d stream threads, exactly once; %d rounds in turn: the median, the slowest and"
                + " fastest.",
            report.texts(), report.partitions(), report.threads(), report.rounds()));
    for (PipelineReport.Ratios ratios : report.ratios()) {
      add(lines, report, ratios);
    }
    return lines.toString();
  }

  private static void add(StringJoiner lines, PipelineReport report, PipelineReport.Ratios ratios) {
    lines.add("");
    lines.add(ratios.model());
    lines.add(
        format(
            ROW,
            "way",
            "backend",
            "records",
            "records/s",
            "(slowest .. fastest)",
            "from event to committed label"));
    report.results().stream()
        .filter(result -> result.model().equals(ratios.model()))
        .forEach(result -> lines.add(row(result)));
    lines.add(
        format(
            "  The model reaches %.1f%% of the same topology with a model that costs nothing, %.1f%% of one that"
                + " does not even tokenize, and %.1f times a record at a time.",
            100 * ratios.toZeroCostModel(),
            100 * ratios.toPassThrough(),
            ratios.toRecordAtATime()));
  }

  private static String row(PipelineReport.Result result) {
    return format(
        ROW,
        result.way(),
        result.backend(),
        format("%,d", result.records()),
        format("%,.0f", result.recordsPerSecond()),
        format("(%,.0f .. %,.0f)", result.recordsPerSecondLow(), result.recordsPerSecondHigh()),
        latency(result.latency()));
  }

  private static String latency(PipelineReport.@Nullable Latency latency) {
    return latency == null
        ? "-"
        : format(
            "p50 %.0f ms, p99 %.0f ms at %,d/s",
            latency.p50Millis(), latency.p99Millis(), latency.rate());
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
