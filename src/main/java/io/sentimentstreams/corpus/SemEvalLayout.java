package io.sentimentstreams.corpus;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The files of SemEval's sentiment tasks on tweets (task 4A of 2017 and its forerunners from 2013
 * on) as they are given out: tab-separated without a header, {@code id, label, text} or {@code id,
 * user id, label, text}; some rows end in another tab. The text of a tweet that was deleted before
 * it was collected is {@code Not Available}.
 */
final class SemEvalLayout {
  private static final String DELETED = "Not Available";
  private static final Set<String> LABELS =
      Set.of("positive", "negative", "neutral", "objective", "objective-OR-neutral");

  private SemEvalLayout() {}

  /** Whether a first line is a row rather than a header, or a line of another format. */
  static boolean isRow(String line) {
    return isRow(Arrays.stream(line.split("\t", -1)).map(TableReader::unquoted).toList());
  }

  /** Whether a first row's cells are a row's rather than a header's. */
  static boolean isRow(List<String> cells) {
    int columns = columns(cells);
    return (columns == 3 || columns == 4)
        && cells.get(0).matches("[0-9]{1,20}")
        && LABELS.contains(cells.get(columns - 2));
  }

  /** The header that is not in the file. */
  static List<String> header(List<String> cells) {
    return columns(cells) == 3
        ? List.of("id", "label", "text")
        : List.of("id", "user", "label", "text");
  }

  /** A row's cells without the empty one at the end, and without the text of a deleted tweet. */
  static List<String> cells(List<String> cells) {
    List<String> row = cells.subList(0, columns(cells));
    return row.get(row.size() - 1).equals(DELETED) ? withoutText(row) : row;
  }

  private static List<String> withoutText(List<String> row) {
    return Stream.concat(row.subList(0, row.size() - 1).stream(), Stream.of("")).toList();
  }

  private static int columns(List<String> cells) {
    return cells.size() > 3 && cells.get(cells.size() - 1).isBlank()
        ? cells.size() - 1
        : cells.size();
  }
}
