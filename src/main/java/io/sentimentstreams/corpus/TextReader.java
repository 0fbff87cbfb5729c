package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.Closeable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a user's unlabelled file, one at a time in bounded memory and as they stand there: what a
 * stream would be sent. Gzip or not, UTF-8 with or without a byte order mark.
 *
 * <p>The file is
 *
 * <ul>
 *   <li>JSON lines by the extensions {@code jsonl}, {@code ndjson}, {@code json} or a brace at the
 *       start: each line is an {@link InputRow.Event}, broken ones too;
 *   <li>a table by the extensions {@code csv}, {@code tsv}, {@code tab}, where a text column is
 *       named, or where the first line has a column of a usual name: each row is an {@link
 *       InputRow.Text}, with the id of a column named like one;
 *   <li>else plain text: each line is an {@link InputRow.Text}.
 * </ul>
 *
 * <p>Blank lines are no rows. Rows of a table with an empty text are.
 */
public final class TextReader implements Iterator<InputRow>, Closeable {
  private final Source source;
  private @Nullable InputRow next;
  private boolean ended;

  private TextReader(Source source) {
    this.source = source;
  }

  /**
   * Opens the file.
   *
   * @param textColumn a table's column of texts, null for the first of a list of usual names; does
   *     not matter for JSON lines
   * @throws InvalidInputException where there is no such file or column; {@link #hasNext} and
   *     {@link #next} throw it where a line is not UTF-8, too long, or no row of the table
   */
  public static TextReader open(Path path, @Nullable String textColumn) {
    DataFile file = DataFile.open(path);
    try {
      return new TextReader(source(file, textColumn));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static Source source(DataFile file, @Nullable String textColumn) {
    if (JsonLinesReader.isJsonLines(file)) {
      return new Lines(file, true);
    }
    return textColumn != null || isTable(file)
        ? new Table(file, textColumn)
        : new Lines(file, false);
  }

  private static boolean isTable(DataFile file) {
    if (TableReader.EXTENSIONS.contains(file.extension())) {
      return true;
    }
    String delimiter = String.valueOf(TableReader.delimiter(file));
    List<String> header =
        Arrays.stream(file.firstLine().split(delimiter)).map(TextReader::unquoted).toList();
    return !file.extension().equals("txt") && ColumnRole.TEXT.usual(header).isPresent();
  }

  private static String unquoted(String name) {
    return name.strip().replaceAll("^\"|\"$", "");
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public InputRow next() {
    InputRow row = peek();
    if (row == null) {
      throw new NoSuchElementException("the file has no more rows");
    }
    next = null;
    return row;
  }

  private @Nullable InputRow peek() {
    if (next == null && !ended) {
      next = source.read();
      ended = next == null;
    }
    return next;
  }

  @Override
  public void close() {
    source.close();
  }

  /** Where rows come from. */
  private sealed interface Source {
    /** The next row, null after the last. */
    @Nullable InputRow read();

    void close();
  }

  /** A row a line. */
  private static final class Lines implements Source {
    private final LineReader lines;
    private final boolean events;

    Lines(DataFile file, boolean events) {
      this.lines = new LineReader(file, JsonLinesReader.MAXIMUM_LINE_BYTES);
      this.events = events;
    }

    @Override
    public @Nullable InputRow read() {
      byte[] line = lines.next();
      while (line != null && isBlank(line)) {
        line = lines.next();
      }
      if (line == null) {
        return null;
      }
      return events
          ? new InputRow.Event(lines.line(), line)
          : new InputRow.Text(lines.line(), null, lines.decode(line), Map.of());
    }

    private static boolean isBlank(byte[] line) {
      for (byte b : line) {
        if (b != ' ' && b != '\t' && b != '\r') {
          return false;
        }
      }
      return true;
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  /** A row a record of a table. */
  private static final class Table implements Source {
    private final TableReader table;
    private final int text;
    private final OptionalInt id;

    Table(DataFile file, @Nullable String textColumn) {
      table = new TableReader(file);
      text = ColumnRole.TEXT.find(file.path(), table.header(), textColumn);
      id = ColumnRole.ID.usual(table.header());
    }

    @Override
    public @Nullable InputRow read() {
      TableReader.Row row = table.next();
      return row == null
          ? null
          : new InputRow.Text(row.line(), id(row), row.cells().get(text), others(row));
    }

    private Map<String, String> others(TableReader.Row row) {
      Map<String, String> others = new LinkedHashMap<>();
      for (int column = 0; column < table.header().size(); column++) {
        if (column != text && column != id.orElse(text)) {
          others.put(table.header().get(column), row.cells().get(column));
        }
      }
      return others;
    }

    private @Nullable String id(TableReader.Row row) {
      if (id.isEmpty()) {
        return null;
      }
      String value = row.cells().get(id.getAsInt()).strip();
      return value.isEmpty() ? null : value;
    }

    @Override
    public void close() {
      table.close();
    }
  }
}
