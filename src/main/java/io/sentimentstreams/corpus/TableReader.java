package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a table with a header, one at a time.
 *
 * <p>Fields are separated by a tab where the name ends in {@code .tsv} or {@code .tab}, else by
 * whichever of comma, tab and semicolon the header has most of. Where that is no tab, fields may be
 * quoted as in RFC 4180, line ends included. A tab-separated row is one line and a quote in it an
 * ordinary character (the media type text/tab-separated-values knows no quotes, and tweets are full
 * of single ones), save that a field which stands in quotes as a whole, with those inside doubled,
 * is taken out of them, since spreadsheets write such.
 *
 * <p>Files of SemEval have no header; the first row tells them, see {@link SemEvalLayout}.
 */
final class TableReader implements Closeable {
  static final Set<String> EXTENSIONS = Set.of("csv", "tsv", "tab");

  /** Most characters of a row. */
  static final int MAXIMUM_ROW_CHARS = 1 << 24;

  /**
   * A row.
   *
   * @param line line of the file, from 1, on which it starts
   * @param cells as many as the header has columns
   */
  record Row(long line, List<String> cells) {}

  private final DataFile file;
  private final Utf8Reader reader;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final boolean tabs;
  private final List<String> header;
  private final boolean semEval;
  private @Nullable Row pending;

  TableReader(DataFile file) {
    this.file = file;
    char delimiter = delimiter(file);
    tabs = delimiter == '\t';
    reader = new Utf8Reader(file.path(), file.stream(), MAXIMUM_ROW_CHARS);
    parser = parser(delimiter);
    records = parser.iterator();
    Row first = read();
    if (first == null) {
      throw new InvalidInputException("data %s: is empty".formatted(file.path()));
    }
    semEval = tabs && SemEvalLayout.isRow(first.cells());
    header = semEval ? SemEvalLayout.header(first.cells()) : first.cells();
    pending = semEval ? first : null;
  }

  private CSVParser parser(char delimiter) {
    CSVFormat.Builder format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter);
    try {
      return CSVParser.builder()
          .setReader(reader)
          .setFormat(tabs ? format.setQuote(null).get() : format.get())
          .get();
    } catch (IOException e) {
      throw file.failure(e);
    }
  }

  static char delimiter(DataFile file) {
    String extension = file.extension();
    if (extension.equals("tsv") || extension.equals("tab")) {
      return '\t';
    }
    String line = file.firstLine();
    if (SemEvalLayout.isRow(line)) {
      return '\t';
    }
    String unquoted = line.replaceAll("\"[^\"]*\"", "");
    char best = ',';
    for (char candidate : new char[] {'\t', ';'}) {
      if (count(unquoted, candidate) > count(unquoted, best)) {
        best = candidate;
      }
    }
    return best;
  }

  private static long count(String text, char c) {
    return text.chars().filter(other -> other == c).count();
  }

  /** The columns' names. */
  List<String> header() {
    return header;
  }

  /** The next row, null after the last. */
  @Nullable Row next() {
    Row row = nextOfAnySize();
    if (row != null && row.cells().size() != header.size()) {
      throw new InvalidInputException(
          "data %s: line %d: has %d fields, but the header has %d"
              .formatted(file.path(), row.line(), row.cells().size(), header.size()));
    }
    return row;
  }

  private @Nullable Row nextOfAnySize() {
    Row row = pending == null ? read() : pending;
    pending = null;
    return row == null || !semEval ? row : new Row(row.line(), SemEvalLayout.cells(row.cells()));
  }

  private @Nullable Row read() {
    long line = parser.getCurrentLineNumber() + 1;
    reader.startRecord();
    try {
      return records.hasNext() ? new Row(line, cells(records.next())) : null;
    } catch (UncheckedIOException e) {
      throw failure(line, e);
    }
  }

  private List<String> cells(CSVRecord row) {
    return row.stream().map(cell -> tabs ? unquoted(cell) : cell).toList();
  }

  /** The field without the quotes around it, where those inside are doubled. */
  static String unquoted(String cell) {
    if (cell.length() < 2 || !cell.startsWith("\"") || !cell.endsWith("\"")) {
      return cell;
    }
    String inner = cell.substring(1, cell.length() - 1);
    return inner.replace("\"\"", "").contains("\"") ? cell : inner.replace("\"\"", "\"");
  }

  private RuntimeException failure(long line, UncheckedIOException e) {
    IOException cause = e.getCause();
    if (cause == null) {
      return e;
    }
    return cause instanceof CSVException ? malformed(line, cause) : file.failure(cause);
  }

  private InvalidInputException malformed(long line, IOException cause) {
    return new InvalidInputException(
        "data %s: line %d: a quote is not closed, or text follows the closing one"
            .formatted(file.path(), line),
        cause);
  }

  @Override
  public void close() {
    file.close();
  }
}
