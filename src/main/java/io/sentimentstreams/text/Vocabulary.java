package io.sentimentstreams.text;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The tokens that a model knows, and their ids: 0 for padding, 1 for every unknown token, then the
 * known ones. Immutable and safe for use by several threads.
 */
public final class Vocabulary {
  /** Id of {@value #PADDING_TOKEN}, which fills the end of a batch's shorter texts. */
  public static final int PADDING = 0;

  /** Id of {@value #UNKNOWN_TOKEN}, which stands for each token without an id of its own. */
  public static final int UNKNOWN = 1;

  static final String PADDING_TOKEN = "<pad>";
  static final String UNKNOWN_TOKEN = "<unk>";

  private static final long MAXIMUM_FILE_BYTES = 64L << 20;

  private final TokenTable table;

  /** Takes over {@code table}, which nobody changes from here on. */
  private Vocabulary(TokenTable table) {
    this.table = table;
  }

  /**
   * Chooses the tokens that occur in the most texts, at least {@link TextSettings#minimumCount()},
   * until there are {@link TextSettings#vocabularySize()} ids. The commoner token has the lower id;
   * of two equally common ones the one first in order of UTF-16 units. The order of the texts has
   * no effect.
   */
  public static Vocabulary build(TextSettings settings, Iterable<String> texts) {
    DocumentCounts counts = new DocumentCounts(Tokenizer.of(settings.tokenizer()));
    texts.forEach(counts::add);
    TokenTable table = withSpecialTokens();
    counts
        .commonest(settings.minimumCount(), settings.vocabularySize() - table.size())
        .forEach(table::findOrAdd);
    return new Vocabulary(table);
  }

  private static TokenTable withSpecialTokens() {
    TokenTable table = new TokenTable();
    table.findOrAdd(PADDING_TOKEN);
    table.findOrAdd(UNKNOWN_TOKEN);
    return table;
  }

  /**
   * Reads a vocabulary file: UTF-8, one token a line, each line ended by a line feed; a line's
   * number, from 0, is the token's id.
   *
   * @throws InvalidInputException if the file cannot be read or breaks these rules
   */
  public static Vocabulary read(Path file) {
    return parse(file, readBytes(file));
  }

  /**
   * Reads what {@link #read} reads, from memory.
   *
   * @param file that the bytes are of, for messages
   * @throws InvalidInputException if the bytes break the rules
   */
  public static Vocabulary parse(Path file, byte[] bytes) {
    TokenTable table = new TokenTable();
    int start = 0;
    while (start < bytes.length) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      addLine(file, table, bytes, start, end);
      start = end + 1;
    }
    if (table.size() < 2) {
      throw invalid(file, table.size() + 1, "the file ends before " + expected(table.size()));
    }
    return new Vocabulary(table);
  }

  private static byte[] readBytes(Path file) {
    try {
      if (Files.size(file) > MAXIMUM_FILE_BYTES) {
        throw new InvalidInputException(
            "vocabulary %s has %d bytes, but may have %d at most; is it the right file?"
                .formatted(file, Files.size(file), MAXIMUM_FILE_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new InvalidInputException("vocabulary %s does not exist".formatted(file), e);
    } catch (IOException e) {
      throw new InvalidInputException("vocabulary %s cannot be read: %s".formatted(file, e), e);
    }
  }

  private static void addLine(Path file, TokenTable table, byte[] bytes, int start, int end) {
    int line = table.size() + 1;
    if (end == bytes.length) {
      throw invalid(file, line, "has no line end; the file seems cut short");
    }
    String token = decode(file, line, bytes, start, end);
    requireToken(file, line, token);
    if (table.size() < 2 && !token.equals(expected(table.size()))) {
      throw invalid(file, line, "is '%s', but must be %s".formatted(token, expected(table.size())));
    }
    int id = table.findOrAdd(token);
    if (id + 1 != line) {
      throw invalid(file, line, "repeats the token '%s' of line %d".formatted(token, id + 1));
    }
  }

  private static String expected(int id) {
    return id == PADDING ? PADDING_TOKEN : UNKNOWN_TOKEN;
  }

  private static String decode(Path file, int line, byte[] bytes, int start, int end) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, start, end - start))
          .toString();
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(
          "vocabulary %s, line %d: is not valid UTF-8".formatted(file, line), e);
    }
  }

  private static void requireToken(Path file, int line, String token) {
    if (token.isEmpty()) {
      throw invalid(file, line, "is empty");
    }
    if (token.codePoints().anyMatch(c -> Character.isISOControl(c) || Characters.isSpace(c))) {
      throw invalid(file, line, "holds white space or a control character");
    }
    if (token.codePointCount(0, token.length()) > Tokenizer.MAXIMUM_CODE_POINTS) {
      throw invalid(
          file, line, "is longer than a token's " + Tokenizer.MAXIMUM_CODE_POINTS + " code points");
    }
  }

  private static InvalidInputException invalid(Path file, int line, String problem) {
    return new InvalidInputException("vocabulary %s, line %d: %s".formatted(file, line, problem));
  }

  /**
   * Writes the file that {@link #read} reads.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public void write(Path file) {
    try {
      Files.write(file, bytes());
    } catch (IOException e) {
      throw new InvalidInputException("vocabulary %s cannot be written: %s".formatted(file, e), e);
    }
  }

  /** The bytes of the file that {@link #write} writes. */
  public byte[] bytes() {
    StringBuilder lines = new StringBuilder();
    for (int id = 0; id < size(); id++) {
      lines.append(token(id)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** How many ids there are: they run from 0 to one less. */
  public int size() {
    return table.size();
  }

  /** The token's id, or {@link #UNKNOWN}. */
  public int id(CharSequence token) {
    int id = table.find(token);
    return id == TokenTable.ABSENT ? UNKNOWN : id;
  }

  /**
   * The token of an id.
   *
   * @throws IndexOutOfBoundsException if there is no such id
   */
  public String token(int id) {
    return table.token(Objects.checkIndex(id, size()));
  }
}
