package io.sentimentstreams.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.chaos.ChaosReport;
import io.sentimentstreams.chaos.FaultKind;
import io.sentimentstreams.chaos.TrendReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A run under fire, for people and for machines. */
final class ChaosTable {
  private ChaosTable() {}

  /** The audit, the faults that came with the times to recover, the verdict. */
  static String of(ChaosReport report) {
    StringBuilder text = new StringBuilder(AuditTable.of(report.audit())).append("\n\n");
    add(
        text,
        "%-15s %6s %10s %22s %12s\n",
        "fault",
        "times",
        "recovered",
        "median s to recover",
        "longest");
    for (FaultKind kind : FaultKind.values()) {
      if (report.count(kind) == 0) {
        continue;
      }
      List<Duration> times = report.recovery().getOrDefault(kind, List.of());
      add(
          text,
          "%-15s %6d %10d %22s %12s\n",
          kind.code(),
          report.count(kind),
          times.size(),
          times.isEmpty() ? "" : seconds(median(times)),
          times.isEmpty() ? "" : seconds(times.get(times.size() - 1)));
    }
    report
        .outputsByModel()
        .forEach((model, outputs) -> add(text, "\n%,d labelled by %s", outputs, model));
    TrendReport trends = report.trends();
    if (trends != null) {
      add(
          text,
          "\n\n%,d windows of trends have %,d labelled events; late %,d, missing %,d, surplus %,d, told again %,d",
          trends.windows(),
          trends.counted(),
          trends.late(),
          trends.missing(),
          trends.surplus(),
          trends.toldAgain());
    }
    add(
        text,
        "\n\n%.0f s under fire, %.0f s until the last event was through; %d instances ended by themselves\n",
        seconds(report.took()),
        seconds(report.drained()),
        report.endedByThemselves());
    report
        .notRecovered()
        .forEach((kind, times) -> add(text, "not recovered: %d %s\n", times, kind.code()));
    add(text, "%s", report.passed() ? "passed" : "failed");
    return text.toString();
  }

  /** One line. */
  static String json(ChaosReport report) {
    ObjectNode root = new JsonMapper().createObjectNode();
    root.put("events", report.sum(PartitionReport::events));
    root.put("labelled", report.sum(PartitionReport::labelled));
    root.put("deadLettered", report.sum(PartitionReport::deadLettered));
    root.put("kills", report.count(FaultKind.KILL));
    root.put("lost", report.sum(PartitionReport::lost));
    root.put("doubled", report.sum(PartitionReport::doubled));
    root.put("outOfOrder", report.sum(PartitionReport::outOfOrder));
    root.put("pending", report.sum(PartitionReport::pending));
    root.put("verdict", report.passed() ? "passed" : "failed");
    root.put("seed", report.settings().seed());
    root.put("guarantee", report.settings().guarantee().code());
    root.put("seconds", seconds(report.took()));
    root.put("drainSeconds", seconds(report.drained()));
    root.put("endedByThemselves", report.endedByThemselves());
    root.put("brokers", report.settings().fleet().brokers());
    ObjectNode models = root.putObject("outputsByModel");
    report.outputsByModel().forEach(models::put);
    TrendReport trends = report.trends();
    if (trends != null) {
      root.putObject("trends")
          .put("windows", trends.windows())
          .put("counted", trends.counted())
          .put("late", trends.late())
          .put("missing", trends.missing())
          .put("surplus", trends.surplus())
          .put("toldAgain", trends.toldAgain());
    }
    ObjectNode faults = root.putObject("faults");
    for (FaultKind kind : FaultKind.values()) {
      List<Duration> times = report.recovery().getOrDefault(kind, List.of());
      ObjectNode fault = faults.putObject(kind.code());
      fault.put("times", report.count(kind));
      fault.put("recovered", times.size());
      fault.put("notRecovered", report.notRecovered().getOrDefault(kind, 0));
      if (!times.isEmpty()) {
        fault.put("medianRecoverySeconds", seconds(median(times)));
        fault.put("longestRecoverySeconds", seconds(times.get(times.size() - 1)));
      }
    }
    return root.toString();
  }

  private static Duration median(List<Duration> ascending) {
    return ascending.get(ascending.size() / 2);
  }

  private static double seconds(Duration time) {
    return Math.round(time.toMillis() / 100.0) / 10.0;
  }

  private static void add(StringBuilder text, String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values));
  }
}
