package io.sentimentstreams.cli;

import io.sentimentstreams.model.NetworkSummary;
import java.util.Locale;

/** A network's layers as lines for a terminal. */
final class SummaryTable {
  private static final String ROW = "%-20s %-24s %-16s %,14d%n";

  private SummaryTable() {}

  static String of(NetworkSummary summary) {
    StringBuilder table = new StringBuilder();
    table.append(format("%-20s %-24s %-16s %14s%n", "layer", "type", "output", "parameters"));
    for (NetworkSummary.Layer layer : summary.layers()) {
      table.append(format(ROW, layer.name(), layer.type(), layer.output(), layer.parameters()));
    }
    return table.append(format(ROW, "total", "", "", summary.parameters())).toString();
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments).replace(System.lineSeparator(), "\n");
  }
}
