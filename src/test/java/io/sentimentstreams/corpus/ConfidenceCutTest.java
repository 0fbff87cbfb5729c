package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceCutTest {
  private static final String TABLE =
      """
      airline_sentiment_confidence,text,label,sure
      1.0,kept,pos,0
      0.5,on the bound,pos,0.9
      0.51,just above,neg,0
      ,without,neg,1
      0.3,below,pos,0
      1,,pos,1
      """;

  private final Path folder;

  ConfidenceCutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Corpus read(String name, String content, @Nullable String column, boolean required)
      throws IOException {
    Path file = TestFiles.write(folder, name, content);
    return CorpusReader.read(
        new CorpusSource(
            file, null, null, null, null, Set.of(), new ConfidenceCut(column, 0.5, required)));
  }

  @Test
  void read_table_keepsRowsAboveTheBoundAndCountsTheOthers() throws IOException {
    Corpus corpus = read("a.csv", TABLE, null, true);

    assertThat(corpus.texts()).extracting(LabelledText::text).containsExactly("kept", "just above");
    assertThat(corpus.uncertainRows()).isEqualTo(3);
    assertThat(corpus.skippedRows()).isEqualTo(1);
  }

  @Test
  void read_namedColumn_isTheOneThatCounts() throws IOException {
    Corpus corpus = read("a.csv", TABLE, "Sure", true);

    assertThat(corpus.texts())
        .extracting(LabelledText::text)
        .containsExactly("on the bound", "without");
  }

  @Test
  void read_jsonLines_areCutAsTables() throws IOException {
    String lines =
        """
        {"text":"kept","label":"pos","confidence":0.7}
        {"text":"below","label":"pos","confidence":"0.4"}
        {"text":"without","label":"neg"}
        """;

    for (String column : new String[] {null, "confidence"}) {
      Corpus corpus = read("a.jsonl", lines, column, true);
      assertThat(corpus.texts()).extracting(LabelledText::text).containsExactly("kept");
      assertThat(corpus.uncertainRows()).isEqualTo(2);
    }
  }

  @Test
  void read_noNumber_namesColumnLineAndOption() {
    assertThatThrownBy(() -> read("a.csv", "text,label,confidence\na,b,high\n", null, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv: line 2: confidence is \"high\"", "--confidence-column");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv|text,label\na,b\n", "a.jsonl|{\"text\":\"a\",\"label\":\"b\"}\n"})
  void read_columnThatIsMissing_isAMistakeOnlyWhereItIsRequired(String file) throws IOException {
    String name = file.substring(0, file.indexOf('|'));
    String content = file.substring(file.indexOf('|') + 1);

    assertThatThrownBy(() -> read(name, content, "trust", true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("has no column trust", "--confidence-column");
    assertThatThrownBy(() -> read(name, content, null, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("airline_sentiment_confidence");
    assertThat(read(name, content, "trust", false).texts()).hasSize(1);
  }

  @Test
  void read_folder_hasNoConfidence() throws IOException {
    TestFiles.write(folder, "aclImdb/train/pos/0_9.txt", "fine");
    Path imdb = folder.resolve("aclImdb");

    assertThatThrownBy(() -> CorpusReader.read(source(imdb, true)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("has no columns", "--confidence-above");
    assertThat(CorpusReader.read(source(imdb, false)).texts()).hasSize(1);
  }

  private static CorpusSource source(Path path, boolean required) {
    return new CorpusSource(
        path, null, null, null, null, Set.of(), new ConfidenceCut(null, 0.5, required));
  }

  @Test
  void read_nothingAboveTheBound_saysHowManyWereBelow() {
    assertThatThrownBy(() -> read("a.csv", "text,label,confidence\na,b,0.2\n", null, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds no labelled text", "1 of too low confidence");
  }

  @Test
  void cut_describedWithItsCorpus_countsTheRows() throws IOException {
    Corpus corpus = read("a.csv", TABLE, null, true);

    assertThat(new ConfidenceCut("sure", 0.5, true).describe(corpus))
        .isEqualTo(Map.of("confidenceColumn", "sure", "confidenceAbove", 0.5, "uncertainRows", 3L));
  }

  @Test
  void cut_withoutABound_isRefused() {
    assertThatThrownBy(() -> new ConfidenceCut(null, Double.NaN, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--confidence-above is NaN");
  }
}
