package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VectorFileTest {
  private static final String GLOVE = "the 0.5 -1 2e-1\nna\u00EFve 1 2 3\n";

  private final Path folder;

  VectorFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** Takes everything, as {@code word[numbers]}. */
  private static final class All implements VectorFile.Sink {
    private final List<String> vectors = new ArrayList<>();

    @Override
    public boolean wants(String word) {
      return !word.equals("unwanted");
    }

    @Override
    public void vector(String word, float[] values) {
      vectors.add(word + Arrays.toString(values));
    }
  }

  private static List<String> read(Path file) {
    All all = new All();
    VectorFile.read(file, 3, all);
    return all.vectors;
  }

  private List<String> read(String content) throws IOException {
    return read(TestFiles.write(folder, "v.txt", content));
  }

  @Test
  void read_glove_givesEachVector() throws IOException {
    assertThat(read(GLOVE)).containsExactly("the[0.5, -1.0, 0.2]", "na\u00EFve[1.0, 2.0, 3.0]");
  }

  @Test
  void read_gzip_isUnpackedByItsFirstBytes() throws IOException {
    Path file = TestFiles.writeGzip(folder, "v", GLOVE.getBytes(StandardCharsets.UTF_8));

    assertThat(read(file)).hasSize(2);
  }

  @Test
  void read_word2vec_skipsItsHeaderAndBlanksAtTheEnd() throws IOException {
    assertThat(read("2 3\nthe 1 2 3 \r\nof\t4\t5\t6\n\n"))
        .containsExactly("the[1.0, 2.0, 3.0]", "of[4.0, 5.0, 6.0]");
  }

  @Test
  void read_wordWithBlanks_endsBeforeItsNumbers() throws IOException {
    assertThat(read("a 1 2 3\n. . . 4 5 6\n"))
        .containsExactly("a[1.0, 2.0, 3.0]", ". . .[4.0, 5.0, 6.0]");
  }

  @Test
  void read_lineWithoutEnd_isRead() throws IOException {
    assertThat(read("a 1 2 3")).containsExactly("a[1.0, 2.0, 3.0]");
  }

  @Test
  void read_unwantedWord_isCountedAndItsNumbersNotLookedAt() throws IOException {
    Path file = TestFiles.write(folder, "v.txt", "unwanted x y z\na 1 2 3\n");
    All all = new All();

    assertThat(VectorFile.read(file, 3, all)).isEqualTo(2);
    assertThat(all.vectors).containsExactly("a[1.0, 2.0, 3.0]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a 1 2 3/b 1 2 | line 2: has 2 numbers, but the embedding needs 3",
        "a 1 2 3 4/b 1 2 3 | line 1: has 4 numbers, but the embedding needs 3",
        "a 1 2 3/b 1 2 3 4 | line 2: has 4 numbers, but the embedding needs 3",
        "2 100/b 1 2 3 | line 1: has 100 numbers, but the embedding needs 3",
        "a 1 2 3/b 1 two 3 | line 2: \"two\" is no number",
        "a 1 2 3/b 1 NaN 3 | line 2: \"NaN\" is no finite number",
        "2 3 | holds no vectors",
      })
  void read_mistake_namesFileLineAndExpectedLength(String lines, String message)
      throws IOException {
    Path file = TestFiles.write(folder, "v.txt", lines.replace('/', '\n') + "\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("vectors " + file + ": ")
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void read_empty_isRefused() {
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no vectors");
  }

  @Test
  void read_binary_isRefused() throws IOException {
    Path file = TestFiles.write(folder, "v.bin", "2 3\nthe \u0001\u0002\u0003\n");

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2: has 1 numbers", "as text");
  }

  @Test
  void require_wrongLengthOrNoFile_isRefusedAtOnce() throws IOException {
    Path file = TestFiles.write(folder, "v.txt", GLOVE);

    VectorFile.require(file, 3);
    assertThatThrownBy(() -> VectorFile.require(file, 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("line 1: has 3 numbers, but the embedding needs 4");
    assertThatThrownBy(() -> VectorFile.require(folder.resolve("none"), 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("vectors ", "no such file");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9})
  void read_truncatedGzip_isRefused(int cut) throws IOException {
    byte[] packed = TestFiles.gzip(GLOVE.repeat(100).getBytes(StandardCharsets.UTF_8));
    Path file = TestFiles.write(folder, "v.gz", "");
    Files.write(file, Arrays.copyOf(packed, packed.length - cut));

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("vectors ", "damaged");
  }
}
