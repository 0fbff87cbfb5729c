package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.io.Closeable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Word vectors as text: a word and its numbers a line, with blanks or tabs between, as GloVe
 * (Pennington et al. 2014), word2vec (Mikolov et al. 2013) and fastText give them out; gzip or not
 * by its first bytes. A first line of two whole numbers, as word2vec has it, tells how many words
 * and numbers there are. UTF-8; what is not becomes U+FFFD, so that the word is never one of a
 * text.
 *
 * <p>A word may hold blanks, as some of GloVe's do: its numbers are the last ones of its line.
 */
public final class VectorFile implements Closeable {
  private static final int MAXIMUM_LINE_BYTES = 1 << 20;
  private static final Pattern SEPARATORS = Pattern.compile("[ \t]+");

  /** Takes the vectors of a file. */
  public interface Sink {
    /** Whether the word's vector is of use; the numbers of others are only counted. */
    boolean wants(String word);

    /**
     * Takes a vector.
     *
     * @param values of the length that the file was opened for
     */
    void vector(String word, float[] values);
  }

  private final DataFile file;
  private final LineReader lines;
  private final int length;
  private byte[] line = {};
  private boolean found;

  private VectorFile(Path path, int length) {
    this.file = DataFile.open(path, "vectors");
    this.lines = new LineReader(file, MAXIMUM_LINE_BYTES);
    this.length = length;
  }

  /**
   * Checks the beginning of a file before much else is done.
   *
   * @param length numbers of a vector
   * @throws InvalidInputException where it is missing or has vectors of another length
   */
  public static void require(Path path, int length) {
    try (VectorFile vectors = new VectorFile(path, length)) {
      vectors.next();
    }
  }

  /**
   * Reads a file to its end, line by line.
   *
   * @param length numbers of a vector
   * @return how many vectors it holds
   * @throws InvalidInputException naming file, line and what is wrong
   */
  public static long read(Path path, int length, Sink sink) {
    try (VectorFile vectors = new VectorFile(path, length)) {
      long count = 0;
      while (vectors.next()) {
        count++;
        vectors.give(sink);
      }
      return count;
    }
  }

  /** Reads the next vector's line; false after the last. */
  private boolean next() {
    for (byte[] read = lines.next(); read != null; read = lines.next()) {
      line = read;
      int fields = fields();
      if (fields > 0 && !isHeader(fields)) {
        requireLength(fields);
        found = true;
        return true;
      }
    }
    if (!found) {
      throw new InvalidInputException("%s: holds no vectors".formatted(file.title()));
    }
    return false;
  }

  private int fields() {
    int fields = 0;
    for (int i = 0; i < line.length; i++) {
      if (!isSeparator(i) && (i == 0 || isSeparator(i - 1))) {
        fields++;
      }
    }
    return fields;
  }

  private boolean isSeparator(int index) {
    return line[index] == ' ' || line[index] == '\t';
  }

  private boolean isHeader(int fields) {
    if (lines.line() > 1 || fields != 2 || length == 1) {
      return false;
    }
    String[] numbers = SEPARATORS.split(text().strip(), 2);
    if (!numbers[0].matches("[0-9]{1,18}") || !numbers[1].matches("[0-9]{1,9}")) {
      return false;
    }
    requireLength(Integer.parseInt(numbers[1]) + 1);
    return true;
  }

  private void requireLength(int fields) {
    boolean fits = fields == length + 1 || (fields > length + 1 && !isNumber(1));
    if (!fits) {
      throw error(
          "has %d numbers, but the embedding needs %d; give vectors of that length as text, or set the embedding's size"
              .formatted(fields - 1, length));
    }
  }

  private void give(Sink sink) {
    int start = fieldFromEnd(length);
    int end = start;
    while (end > 0 && isSeparator(end - 1)) {
      end--;
    }
    String word = new String(line, 0, end, StandardCharsets.UTF_8);
    if (sink.wants(word)) {
      sink.vector(word, values(start));
    }
  }

  /** Where the last {@code count} fields begin. */
  private int fieldFromEnd(int count) {
    int left = count;
    int at = line.length;
    while (left > 0) {
      while (isSeparator(at - 1)) {
        at--;
      }
      while (at > 0 && !isSeparator(at - 1)) {
        at--;
      }
      left--;
    }
    return at;
  }

  private float[] values(int start) {
    String[] numbers =
        SEPARATORS.split(
            new String(line, start, line.length - start, StandardCharsets.UTF_8).strip(), length);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = value(numbers[i]);
    }
    return values;
  }

  private float value(String number) {
    try {
      float value = Float.parseFloat(number);
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new InvalidInputException(problem("\"%s\" is no number".formatted(number)), e);
    }
    throw error("\"%s\" is no finite number".formatted(number));
  }

  /** Whether a field of the line, counted from 0, is a number. */
  private boolean isNumber(int field) {
    try {
      Float.parseFloat(SEPARATORS.split(text().strip(), field + 2)[field]);
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private String text() {
    return new String(line, StandardCharsets.UTF_8);
  }

  private InvalidInputException error(String what) {
    return new InvalidInputException(problem(what));
  }

  private String problem(String what) {
    return "%s: line %d: %s".formatted(file.title(), lines.line(), what);
  }

  @Override
  public void close() {
    file.close();
  }
}
