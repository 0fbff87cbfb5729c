package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which rows of a table people were sure enough of: those whose confidence is above a bound. Rows
 * with a lower confidence or none are left out and counted in {@link Corpus#uncertainRows}.
 *
 * @param column the column of the confidence, null for the first of a list of usual names
 * @param above the bound, which is not above itself
 * @param required whether data without such a column is a mistake; otherwise all of it is read,
 *     with a warning
 */
public record ConfidenceCut(@Nullable String column, double above, boolean required) {
  /** The index of a column that is not there. */
  static final int NONE = -1;

  /** What {@link #describe} calls the column. */
  public static final String COLUMN = "confidenceColumn";

  /** What {@link #describe} calls the bound. */
  public static final String ABOVE = "confidenceAbove";

  /** What {@link #describe} calls the number of rows that were left out. */
  public static final String UNCERTAIN_ROWS = "uncertainRows";

  private static final Logger LOG = LoggerFactory.getLogger(ConfidenceCut.class);

  public ConfidenceCut {
    if (!Double.isFinite(above)) {
      throw new InvalidInputException(
          "--confidence-above is %s, but must be a number such as 0.5".formatted(above));
    }
    if (column != null && column.isBlank()) {
      throw new InvalidInputException("--confidence-column is empty: give a column's name");
    }
  }

  /** What the column is called in messages. */
  String columnName() {
    return column == null ? "confidence" : column;
  }

  /** The cut and what it left out, by names as of settings. */
  public Map<String, Object> describe(Corpus corpus) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put(COLUMN, columnName());
    description.put(ABOVE, above);
    description.put(UNCERTAIN_ROWS, corpus.uncertainRows());
    return description;
  }

  /** Says how many texts were left out, so that none is silently. */
  void tell(Corpus corpus) {
    if (corpus.uncertainRows() > 0) {
      LOG.warn(
          "{}: {} of {} labelled texts are left out, since their {} is not above {}",
          corpus.name(),
          corpus.uncertainRows(),
          corpus.texts().size() + corpus.uncertainRows(),
          columnName(),
          above);
    }
  }

  /** The column's index, or {@link #NONE} where it is missing and may be. */
  int find(DataFile file, List<String> header) {
    OptionalInt found = ColumnRole.CONFIDENCE.lookup(header, column);
    if (found.isPresent()) {
      return found.getAsInt();
    }
    if (required) {
      throw ColumnRole.CONFIDENCE.missing(file.path(), header, column);
    }
    LOG.warn(
        "{}: has no column {}, so no text is left out for its confidence",
        file.path().getFileName(),
        columnName());
    return NONE;
  }

  /**
   * Whether a row is to be kept.
   *
   * @param cell its confidence, null or blank for none
   * @throws InvalidInputException where that is no number
   */
  boolean keeps(DataFile file, long line, @Nullable String cell) {
    if (cell == null || cell.isBlank()) {
      return false;
    }
    try {
      return Double.parseDouble(cell.strip()) > above;
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "data %s: line %d: %s is \"%s\", but must be a number; name the right column with --confidence-column"
              .formatted(file.path(), line, columnName(), cell),
          e);
    }
  }
}
