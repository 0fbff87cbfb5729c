package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where labelled text is and how to read it.
 *
 * <p>The columns matter for CSV, TSV and JSON-lines files. A name is looked up as it is, then
 * without regard to case; for JSON lines it is a field's name or, from a slash on, a JSON pointer
 * (RFC 6901).
 *
 * @param path a CSV, TSV or JSON-lines file, the IMDB folder or its tar archive; gzip or not
 * @param textColumn the column of the text, null for the first of a list of usual names
 * @param labelColumn the column of the label, null for the first of a list of usual names
 * @param groupColumn the column of {@link LabelledText#group}, null for no groups
 * @param part which part of IMDB to read, null for training, or the only part there is
 */
public record CorpusSource(
    Path path,
    @Nullable String textColumn,
    @Nullable String labelColumn,
    @Nullable String groupColumn,
    @Nullable Part part) {

  /** The parts that IMDB comes in. */
  public enum Part {
    TRAIN,
    TEST
  }

  public CorpusSource {
    requireName("--text-column", textColumn);
    requireName("--label-column", labelColumn);
    requireName("--group-column", groupColumn);
  }

  /** Everything else by default. */
  public static CorpusSource of(Path path) {
    return new CorpusSource(path, null, null, null, null);
  }

  private static void requireName(String option, @Nullable String column) {
    if (column != null && column.isBlank()) {
      throw new InvalidInputException("%s is empty: give a column's name".formatted(option));
    }
  }
}
