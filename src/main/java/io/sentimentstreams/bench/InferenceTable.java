package io.sentimentstreams.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** A report of the inference benchmark for people. */
public final class InferenceTable {
  private static final String ROW = "%6s %8s  %-9s %12s %27s %9s %9s %8s %8s  %s";
  private static final double MEBIBYTE = 1 << 20;

  private InferenceTable() {}

  /** Lines, without one more line end behind the last. */
  public static String of(InferenceReport report) {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(report.machine().toString());
    String warning = report.machine().warning();
    if (warning != null) {
      lines.add(warning);
    }
    lines.add(
        "Texts: %s. %d rounds of %s s for each backend in turn: the median, the slowest and fastest."
            .formatted(report.texts(), report.rounds(), report.roundSeconds()));
    lines.add("p50 and p99: microseconds a text, of a call's time divided by its rows.");
    lines.add(
        "Of peak: the defined network's operations against large matrix products; above 100% by doing fewer.");
    report.models().forEach(model -> add(lines, model, report));
    if (!report.skipped().isEmpty()) {
      lines.add("");
    }
    for (InferenceReport.Skipped skipped : report.skipped()) {
      lines.add("Skipped for %s: %s".formatted(skipped.model(), skipped.reason()));
    }
    return lines.toString();
  }

  private static void add(StringJoiner lines, InferenceReport.Model model, InferenceReport report) {
    List<InferenceResult> results =
        report.results().stream().filter(result -> result.model().equals(model.name())).toList();
    lines.add("");
    lines.add(
        format(
            "%s (%s): %,d texts of %.1f tokens, %,.0f multiply-adds a text; read in %,.0f ms",
            model.name(),
            model.network(),
            model.texts(),
            model.meanTokens(),
            model.multiplyAddsPerText(),
            model.readMillis()));
    Set<String> seen = new HashSet<>();
    results.stream()
        .filter(result -> seen.add(result.backend()))
        .forEach(result -> lines.add(loading(result)));
    lines.add(
        format(
            ROW,
            "batch",
            "threads",
            "backend",
            "rows/s",
            "(slowest .. fastest)",
            "p50",
            "p99",
            "of peak",
            "padding",
            "times the rows/s of"));
    results.forEach(result -> lines.add(row(result)));
  }

  private static String loading(InferenceResult result) {
    return format(
        "  %-9s on %s: ready in %,.0f ms, %,.1f MiB of weights and tables",
        result.backend(), result.device(), result.loadMillis(), result.memoryBytes() / MEBIBYTE);
  }

  private static String row(InferenceResult result) {
    Double peak = result.peakShare();
    return format(
            ROW,
            result.batch(),
            result.threads(),
            result.backend(),
            format("%,.0f", result.rowsPerSecond()),
            format("(%,.0f .. %,.0f)", result.rowsPerSecondLow(), result.rowsPerSecondHigh()),
            format("%,.1f", result.p50Micros()),
            format("%,.1f", result.p99Micros()),
            peak == null ? "-" : format("%.1f%%", 100 * peak),
            format("%.1f%%", 100 * result.paddingShare()),
            ratios(result.ratioTo()))
        .stripTrailing();
  }

  private static String ratios(Map<String, Double> ratios) {
    return ratios.entrySet().stream()
        .map(entry -> format("%s %.2f", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
