package io.sentimentstreams.corpus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One row of a user's file of unlabelled text. */
public sealed interface InputRow {

  /** The line of the file, from 1, on which the row starts. */
  long line();

  /**
   * A text out of a table or a plain text file, as it stands there.
   *
   * @param line line of the file, from 1
   * @param id the row's own id, null where it has none
   * @param text the text, may be empty
   * @param others the table's other columns, by name, in their order; none of a plain text file
   */
  record Text(long line, @Nullable String id, String text, Map<String, String> others)
      implements InputRow {
    public Text {
      others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
    }
  }

  /**
   * A line of a JSON-lines file as it stands there: an event already, or a broken one, which is the
   * stream's to judge.
   *
   * @param line line of the file, from 1
   * @param value the line's bytes without its end; not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to a producer; rows are never compared.
  record Event(long line, byte[] value) implements InputRow {}
}
