package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartVectorsTest {
  private static final TextSettings TEXT =
      new TextSettings(TokenizerKind.WORDS, 100, 1, 10, Truncation.KEEP_HEAD);
  private static final Vocabulary WORDS =
      Vocabulary.build(TEXT, List.of("good bad dull", "good bad", "good"));

  private final Path file;

  StartVectorsTest(@TempDir Path folder) {
    file = folder.resolve("vectors.txt");
  }

  private StartVectors read(String content) throws IOException {
    Files.writeString(file, content);
    return StartVectors.read(file, WORDS, 2);
  }

  @Test
  void read_someOfTheVocabulary_leavesTheRestZero() throws IOException {
    StartVectors vectors = read("bad 1 2\nother 3 4\ngood 5 6\ngood 7 8\n<unk> 9 9\n<pad> 9 9\n");

    // padding, unknown, good, bad, dull
    assertThat(vectors.table()).containsExactly(0, 0, 0, 0, 5, 6, 1, 2, 0, 0);
  }

  @Test
  void coverage_ofExamples_countsTokensAndTheirOccurrences() throws IOException {
    VectorCoverage coverage =
        read("bad 1 2\ngood 5 6\n")
            .coverage(
                List.of(new Example(new int[] {0, 0, 2, 2, 4}, 0), new Example(new int[] {1}, 1)));

    assertThat(coverage.vocabularyShare()).isEqualTo(2.0 / 3, within(1e-9));
    assertThat(coverage.tokenShare()).isEqualTo(2.0 / 4, within(1e-9));
    assertThat(coverage.describe())
        .containsEntry("vectors", "vectors.txt")
        .containsEntry("vectorsVocabularyShare", 0.6667)
        .containsEntry("vectorsTokenShare", 0.5)
        .extractingByKey("vectorsSha256")
        .asString()
        .hasSize(64);
    assertThat(coverage.toString()).contains("2 of the vocabulary's 3 tokens (66.7%)", "50.0%");
  }

  @Test
  void read_noneOfTheVocabulary_isRefused() {
    assertThatThrownBy(() -> read("Good 1 2\nBad 1 2\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("vectors.txt: has 2 words", "such as \"dull\"", "lower-case");
  }

  /** Vectors of 8 numbers for the words that tell the label, and for no other. */
  private void writeTelling() throws IOException {
    StringBuilder lines = new StringBuilder("6 8\n");
    List<String> words = List.of("awful", "boring", "lovely", "great", "table", "window");
    for (int i = 0; i < words.size(); i++) {
      lines.append(words.get(i));
      for (int j = 0; j < 8; j++) {
        lines.append(' ').append(j == i / 2 ? 1 : 0.125 * i);
      }
      lines.append(" \n");
    }
    Files.writeString(file, lines);
  }

  private static float[] row(TrainingResult result, String word) {
    float[] table = result.weights().tensor("embedding.weight").values();
    int id = result.vocabulary().id(word);
    return Arrays.copyOfRange(table, 8 * id, 8 * id + 8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void train_withVectors_startsFromThemAndChangesThemUnlessFrozen(boolean frozen)
      throws IOException {
    writeTelling();
    TrainingSettings base = GeneratedTexts.settings(GeneratedTexts.BILSTM);
    TrainingSettings settings =
        base.toBuilder()
            .vectors(file)
            .network(frozen ? base.network().withFrozenEmbedding() : base.network())
            .build();
    VectorCoverage[] told = new VectorCoverage[1];

    TrainingResult result =
        new Trainer(() -> 0L)
            .train(
                GeneratedTexts.split(160, 60),
                GeneratedTexts.LABELS,
                settings,
                new TrainingListener() {
                  @Override
                  public void vectorsRead(VectorCoverage coverage) {
                    told[0] = coverage;
                  }
                },
                () -> false);

    float[] given = {1, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f, 0.125f};
    if (frozen) {
      assertThat(row(result, "boring")).isEqualTo(given);
      assertThat(row(result, "fillera")).isEqualTo(new float[8]);
    } else {
      assertThat(row(result, "boring")).isNotEqualTo(given);
      assertThat(row(result, "boring")[0]).isEqualTo(1, within(0.9f));
      assertThat(row(result, "fillera")).isNotEqualTo(new float[8]);
    }
    assertThat(result.validation().accuracy()).isGreaterThan(0.95);
    assertThat(result.vectors()).isNotNull().isEqualTo(told[0]);
    assertThat(told[0].coveredTokens()).isEqualTo(6);
    assertThat(told[0].tokenShare()).isBetween(0.1, 0.5);
  }

  @Test
  void train_vectorsOfAnotherLength_isRefused() throws IOException {
    Files.writeString(file, "awful 1 2 3\n");
    TrainingSettings settings =
        GeneratedTexts.settings(GeneratedTexts.CONV1D).toBuilder().vectors(file).build();
    Split split =
        new Split(
            GeneratedTexts.texts(6, 1), List.of(new LabelledText("awful", "bad", null)), List.of());

    assertThatThrownBy(
            () ->
                new Trainer(() -> 0L)
                    .train(
                        split,
                        GeneratedTexts.LABELS,
                        settings,
                        new TrainingListener() {},
                        () -> false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 1: has 3 numbers, but the embedding needs 8");
  }
}
