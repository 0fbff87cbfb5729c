package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of SemEval and SST-2. */
class SemEvalLayoutTest {
  private static final LabelledText SUNNY =
      new LabelledText("Sunny, warm, \"nice\", I’m out", "positive", null);
  private static final LabelledText LATE = new LabelledText("Late, again", "negative", null);
  private static final String TWO_ROWS =
      "101\tpositive\tSunny, warm, \"nice\", I\\u2019m out\n102\tnegative\tLate, again\t\n";

  private final Path folder;

  SemEvalLayoutTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Corpus read(String name, String content) throws IOException {
    return CorpusReader.read(CorpusSource.of(TestFiles.write(folder, name, content)));
  }

  @Test
  void read_semEvalWithoutHeader_keepsTheFirstRow() throws IOException {
    assertThat(read("tweets.tsv", TWO_ROWS).texts()).containsExactly(SUNNY, LATE);
    assertThat(read("twitter-2016train-A.txt", TWO_ROWS).texts()).containsExactly(SUNNY, LATE);
  }

  @Test
  void read_semEvalPacked_isUnpacked() throws IOException {
    Path file = TestFiles.writeGzip(folder, "a.gz", TWO_ROWS.getBytes(StandardCharsets.UTF_8));

    assertThat(CorpusReader.read(CorpusSource.of(file)).texts()).containsExactly(SUNNY, LATE);
  }

  @Test
  void read_semEvalWithUserAndQuotedLabel_findsTheColumns() throws IOException {
    assertThat(read("a.tsv", "102\t77\t\"negative\"\tLate, again\n").texts()).containsExactly(LATE);
  }

  @Test
  void read_semEvalWithHeader_findsTheColumns() throws IOException {
    assertThat(read("a.tsv", "id\tlabel\tsource\ttext\n102\tnegative\tdev\tLate, again\n").texts())
        .containsExactly(LATE);
  }

  @Test
  void read_deletedTweet_isSkippedAndCounted() throws IOException {
    Corpus corpus = read("a.tsv", "101\tneutral\tNot Available\n" + TWO_ROWS);

    assertThat(corpus.texts()).containsExactly(SUNNY, LATE);
    assertThat(corpus.skippedRows()).isEqualTo(1);
  }

  @Test
  void read_semEvalRowOfOtherSize_namesItsLine() {
    assertThatThrownBy(() -> read("a.tsv", TWO_ROWS + "103\tpositive\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.tsv", "line 3", "2 fields", "has 3");
  }

  @Test
  void read_otherTableWithoutHeader_lacksItsColumns() {
    assertThatThrownBy(() -> read("a.tsv", "101\tglad\tSunny\n102\tsad\tLate\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no column is named like a text");
  }

  @Test
  void read_sst2_findsItsColumnsAndTakesNames() throws IOException {
    Corpus corpus = read("dev.tsv", "sentence\tlabel\na dull film . \t0\ngood fun .\t1\n");

    assertThat(LabelMapping.parse("0=negative,1=positive").apply(corpus).texts())
        .containsExactly(
            new LabelledText("a dull film . ", "negative", null),
            new LabelledText("good fun .", "positive", null));
  }

  @Test
  void open_semEvalWithoutHeader_givesIdsAndTexts() throws IOException {
    try (TextReader texts = TextReader.open(TestFiles.write(folder, "a.tsv", TWO_ROWS), null)) {
      assertThat(texts)
          .toIterable()
          .containsExactly(
              new InputRow.Text(
                  1, "101", "Sunny, warm, \"nice\", I\\u2019m out", Map.of("label", "positive")),
              new InputRow.Text(2, "102", "Late, again", Map.of("label", "negative")));
    }
  }
}
