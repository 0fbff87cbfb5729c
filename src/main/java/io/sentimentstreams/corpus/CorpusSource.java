package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where labelled text is and how to read it.
 *
 * <p>The columns matter for CSV, TSV and JSON-lines files. A name is looked up as it is, then
 * without regard to case; for JSON lines it is a field's name or, from a slash on, a JSON pointer
 * (RFC 6901).
 *
 * @param path a CSV, TSV or JSON-lines file, the folder or tar archive of IMDB or 20 Newsgroups;
 *     gzip or not
 * @param textColumn the column of the text, null for the first of a list of usual names
 * @param labelColumn the column of the label, null for the first of a list of usual names
 * @param groupColumn the column of {@link LabelledText#group}, null for no groups
 * @param part which part of IMDB or 20 Newsgroups to read, null for training, or the only part
 *     there is
 * @param strip what to leave out of the posts of 20 Newsgroups; a post of which nothing is left
 *     counts as skipped
 * @param confidence which rows of a table to leave out, null for none
 */
public record CorpusSource(
    Path path,
    @Nullable String textColumn,
    @Nullable String labelColumn,
    @Nullable String groupColumn,
    @Nullable Part part,
    Set<PostPart> strip,
    @Nullable ConfidenceCut confidence) {

  /** The parts that IMDB and 20 Newsgroups come in. */
  public enum Part {
    TRAIN,
    TEST
  }

  public CorpusSource {
    requireName("--text-column", textColumn);
    requireName("--label-column", labelColumn);
    requireName("--group-column", groupColumn);
    strip = Set.copyOf(strip);
  }

  /** Rows of any confidence. */
  public CorpusSource(
      Path path,
      @Nullable String textColumn,
      @Nullable String labelColumn,
      @Nullable String groupColumn,
      @Nullable Part part,
      Set<PostPart> strip) {
    this(path, textColumn, labelColumn, groupColumn, part, strip, null);
  }

  /** Everything else by default. */
  public static CorpusSource of(Path path) {
    return new CorpusSource(path, null, null, null, null, Set.of());
  }

  /** Refuses to strip what is no post. */
  void requireNothingToStrip() {
    if (!strip.isEmpty()) {
      throw new InvalidInputException(
          "data %s: is not 20 Newsgroups, the only data to which --strip applies: leave it out"
              .formatted(path));
    }
  }

  /** Refuses to look for the confidence of what has no columns, where it has to be there. */
  void requireNoConfidence() {
    if (confidence != null && confidence.required()) {
      throw new InvalidInputException(
          "data %s: has no columns, so no confidence: leave --confidence-above out"
              .formatted(path));
    }
  }

  private static void requireName(String option, @Nullable String column) {
    if (column != null && column.isBlank()) {
      throw new InvalidInputException("%s is empty: give a column's name".formatted(option));
    }
  }
}
