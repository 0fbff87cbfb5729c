package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import io.sentimentstreams.text.Padding;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WorkloadTest {
  private final ModelBundle bundle =
      RandomModel.of("random", NetworkSpec.biLstm(4, 2, Pooling.MAX), 50, 1);

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void lengths_ofAFile_areTheTextsInItsOrder() throws IOException {
    Path file = Files.writeString(folder.resolve("lengths.txt"), "22\n0\n\n 3 \n9\n");

    List<int[]> ids = Workload.lengths(file, 3, 7).ids(bundle);

    assertThat(ids).extracting(text -> text.length).containsExactly(22, 1, 3);
    for (int[] text : ids) {
      for (int id : text) {
        assertThat(id).isBetween(1, 49);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FRONT", "BACK"})
  void lengths_ofAModelOfOneLength_areCutAndFilledUpToIt(Padding padding) {
    TextSettings text =
        new TextSettings(TokenizerKind.WORDS, 50, 1, 8, Truncation.KEEP_TAIL, padding);

    List<int[]> ids = new Workload.Lengths("two", List.of(3, 30), 7).ids(text, 50);

    assertThat(ids).extracting(one -> one.length).containsExactly(8, 8);
    assertThat(ids.get(1)).doesNotContain(Vocabulary.PADDING);
    for (int at = 0; at < 8; at++) {
      boolean token = padding == Padding.FRONT ? at >= 5 : at < 3;
      assertThat(ids.get(0)[at] != Vocabulary.PADDING).isEqualTo(token);
    }
  }

  @Test
  void lengths_thatAreNone_areNamed() throws IOException {
    Path word = Files.writeString(folder.resolve("word.txt"), "22\nten\n");
    Path large = Files.writeString(folder.resolve("large.txt"), "1000000\n");
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n");

    assertInvalid(word, "length 2 is \"ten\"");
    assertInvalid(large, "1000000", "16384");
    assertInvalid(empty, "at least one");
    assertInvalid(folder.resolve("none.txt"), "none.txt", "does not exist");
  }

  private static void assertInvalid(Path file, String... parts) {
    assertThatThrownBy(() -> Workload.lengths(file, 10, 7))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }

  @Test
  void texts_asPeopleWriteThem_areEncodedByTheModel() {
    List<int[]> ids = new Workload.Texts("two", List.of("two words", " ")).ids(bundle);

    assertThat(ids.get(0)).containsExactly(1, 1);
    assertThat(ids.get(1)).containsExactly(1);
  }

  @Test
  void batches_ofTexts_areFullAndInOrder() {
    List<int[]> texts = List.of(new int[1], new int[2], new int[3], new int[4], new int[5]);

    List<int[][]> small = InferenceBenchmark.batches(texts, 2);
    assertThat(small).hasSize(2);
    assertThat(small.get(1)).isEqualTo(new int[][] {new int[3], new int[4]});

    List<int[][]> large = InferenceBenchmark.batches(texts, 7);
    assertThat(large).hasSize(1);
    assertThat(large.get(0)).hasNumberOfRows(7);
    assertThat(large.get(0)[6]).hasSize(2);
  }
}
