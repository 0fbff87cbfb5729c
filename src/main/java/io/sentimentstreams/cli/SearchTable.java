package io.sentimentstreams.cli;

import io.sentimentstreams.train.SearchResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The runs of a search as lines for a terminal, the best first. */
final class SearchTable {
  private static final List<String> LAST =
      List.of("ran", "best", "loss", "accuracy", "recall", "F1", "seconds");

  private SearchTable() {}

  /** Empty where there is no run. */
  static String of(List<SearchResult> ranked) {
    if (ranked.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    List<String> varied = varied(ranked);
    rows.add(head(varied));
    for (SearchResult result : ranked) {
      List<String> row = new ArrayList<>();
      row.add(Integer.toString(result.run()));
      varied.forEach(path -> row.add(result.values().getOrDefault(path, "")));
      row.addAll(measures(result));
      rows.add(row);
    }
    return text(rows);
  }

  /** The fields that do not have one value in all runs. */
  private static List<String> varied(List<SearchResult> results) {
    return results.get(0).values().keySet().stream()
        .filter(path -> results.stream().map(run -> run.values().get(path)).distinct().count() > 1)
        .toList();
  }

  private static List<String> head(List<String> paths) {
    List<String> head = new ArrayList<>();
    head.add("run");
    paths.forEach(path -> head.add(path.replaceFirst("^(network|training|text)[.]", "")));
    head.addAll(LAST);
    return head;
  }

  private static List<String> measures(SearchResult result) {
    if (result.failure() != null) {
      return List.of("failed", "", "", "", "", "", seconds(result));
    }
    return List.of(
        Integer.toString(result.epochs()),
        Integer.toString(result.bestEpoch()),
        share(result.loss()),
        share(result.accuracy()),
        share(result.macroRecall()),
        share(result.macroF1()),
        seconds(result));
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  private static String seconds(SearchResult result) {
    return String.format(Locale.ROOT, "%.1f", result.seconds());
  }

  /** Columns as wide as their widest value, values to the right. */
  private static String text(List<List<String>> rows) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String value = row.get(column);
        line.append(column == 0 ? "" : "  ")
            .append(" ".repeat(width - value.length()))
            .append(value);
      }
      text.append(line).append('\n');
    }
    return text.toString();
  }
}
