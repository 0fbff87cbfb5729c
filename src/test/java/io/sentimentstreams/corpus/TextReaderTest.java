package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReaderTest {
  private final Path folder;

  TextReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private List<InputRow> read(String name, String content) throws IOException {
    return read(TestFiles.write(folder, name, content), null);
  }

  private static List<InputRow> read(Path file, @Nullable String textColumn) {
    List<InputRow> rows = new ArrayList<>();
    try (TextReader reader = TextReader.open(file, textColumn)) {
      reader.forEachRemaining(rows::add);
    }
    return rows;
  }

  private static InputRow text(long line, @Nullable String id, String text) {
    return new InputRow.Text(line, id, text, Map.of());
  }

  @Test
  void next_csv_givesTextsIdsAndLines() throws IOException {
    assertThat(read("a.csv", "tweet_id,text\n7,\"a\nb\"\n8,\n,c\n"))
        .containsExactly(text(2, "7", "a\nb"), text(4, "8", ""), text(5, null, "c"));
  }

  @Test
  void next_tableWithMoreColumns_givesThemInTheirOrder() throws IOException {
    assertThat(read("a.csv", "stars,tweet_id,airline,text,stars \n5,7,Delta,fine,4\n"))
        .singleElement()
        .satisfies(
            row ->
                assertThat(((InputRow.Text) row).others())
                    .containsExactly(
                        entry("stars", "5"), entry("airline", "Delta"), entry("stars ", "4")));
  }

  @Test
  void next_namedColumn_isTheText() throws IOException {
    Path file = TestFiles.write(folder, "a.txt", "words,text\nyes,no\n");

    assertThat(read(file, "words"))
        .containsExactly(new InputRow.Text(2, null, "yes", Map.of("text", "no")));
  }

  @Test
  void next_tableWithoutExtension_isKnownByItsHeader() throws IOException {
    assertThat(read("a", "\"id\",\"Review\"\n1,yes\n")).containsExactly(text(2, "1", "yes"));
    assertThat(read("b", "id\ttext\n1\tyes\n")).containsExactly(text(2, "1", "yes"));
  }

  @Test
  void next_text_isNotChanged() throws IOException {
    assertThat(read("a.csv", "text\nLate Flightr &amp; \\u2019\n"))
        .containsExactly(text(2, null, "Late Flightr &amp; \\u2019"));
  }

  @Test
  void next_plainText_givesALineATextWithoutBlankOnes() throws IOException {
    assertThat(read("a.txt", "text, he said\r\n\r\n \nsecond\u0085\u2028line\n\nlast"))
        .containsExactly(
            text(1, null, "text, he said"),
            text(4, null, "second\u0085\u2028line"),
            text(6, null, "last"));
    assertThat(read("notes", "one thing\nand another\n")).hasSize(2);
  }

  @Test
  void next_jsonLines_givesEveryLineAsItIsBrokenOnesToo() throws IOException {
    byte[] content = "{\"text\": \"a\"}\n\n{broken\n[1]\n?\n".getBytes(StandardCharsets.UTF_8);
    content[content.length - 2] = (byte) 0xff;

    List<InputRow> rows = read(Files.write(folder.resolve("a.jsonl"), content), null);

    assertThat(rows).allMatch(row -> row instanceof InputRow.Event);
    assertThat(rows).extracting(InputRow::line).containsExactly(1L, 3L, 4L, 5L);
    assertThat(rows)
        .extracting(row -> new String(((InputRow.Event) row).value(), StandardCharsets.ISO_8859_1))
        .containsExactly("{\"text\": \"a\"}", "{broken", "[1]", "\u00ff");
  }

  @Test
  void next_gzipWithByteOrderMark_isReadAsUsual() throws IOException {
    byte[] content = "\ufefftext\nyes\n".getBytes(StandardCharsets.UTF_8);
    Path file = TestFiles.writeGzip(folder, "a.csv.gz", content);

    assertThat(read(file, null)).containsExactly(text(2, null, "yes"));
  }

  @Test
  void next_longLines_areReadWholeAcrossBuffers() throws IOException {
    String longLine = "é".repeat(100_000);

    assertThat(read("a.txt", "a\n" + longLine + "\nb\n"))
        .containsExactly(text(1, null, "a"), text(2, null, longLine), text(3, null, "b"));
  }

  @Test
  void next_rowsBeforeABadOne_areGiven() throws IOException {
    Path file = TestFiles.write(folder, "a.csv", "id,text\n1,yes\n2\n");
    try (TextReader reader = TextReader.open(file, null)) {
      assertThat(reader.next()).isEqualTo(text(2, "1", "yes"));
      assertThatThrownBy(reader::hasNext)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("a.csv", "line 3");
    }
  }

  @Test
  void next_malformedPlainText_namesTheLine() throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), new byte[] {'a', '\n', (byte) 0xff, '\n'});

    assertThatThrownBy(() -> read(file, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.txt", "line 2", "not valid UTF-8");
  }

  @Test
  void next_afterTheLastRow_fails() throws IOException {
    try (TextReader reader = TextReader.open(TestFiles.write(folder, "a.txt", ""), null)) {
      assertThat(reader.hasNext()).isFalse();
      assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void open_missingColumnOrFileOrAFolder_isRefused() throws IOException {
    Path file = TestFiles.write(folder, "a.csv", "a,b\n1,2\n");

    assertThatThrownBy(() -> TextReader.open(file, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "a, b", "--text-column");
    assertThatThrownBy(() -> TextReader.open(folder.resolve("none"), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> TextReader.open(folder, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a folder");
  }
}
