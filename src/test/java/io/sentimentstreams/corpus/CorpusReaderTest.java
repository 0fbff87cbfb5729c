package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusReaderTest {
  private static final String TWO_ROWS = "id,text,label\n1,good,pos\n2,bad,neg\n";
  private static final LabelledText GOOD = new LabelledText("good", "pos", null);
  private static final LabelledText BAD = new LabelledText("bad", "neg", null);

  private final Path folder;

  CorpusReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Corpus read(String name, String content) throws IOException {
    return CorpusReader.read(CorpusSource.of(TestFiles.write(folder, name, content)));
  }

  private Corpus readColumns(Path file, @Nullable String text, @Nullable String label) {
    return CorpusReader.read(new CorpusSource(file, text, label, null, null, Set.of()));
  }

  @Test
  void read_csv_givesRowsInOrder() throws IOException {
    Corpus corpus = read("a.csv", TWO_ROWS);

    assertThat(corpus.texts()).containsExactly(GOOD, BAD);
    assertThat(corpus.name()).isEqualTo("a.csv");
    assertThat(corpus.skippedRows()).isZero();
    assertThat(corpus.labels()).containsExactly("neg", "pos");
  }

  @Test
  void read_quotedFields_keepLineEndsCommasAndQuotes() throws IOException {
    Corpus corpus = read("a.csv", "text,label\r\n\"a, \"\"b\"\"\nc\",pos\r\nd,neg\r\n");

    assertThat(corpus.texts())
        .containsExactly(
            new LabelledText("a, \"b\"\nc", "pos", null), new LabelledText("d", "neg", null));
  }

  @Test
  void read_gzipWithoutExtension_isUnpacked() throws IOException {
    Path file = TestFiles.writeGzip(folder, "packed", TWO_ROWS.getBytes(StandardCharsets.UTF_8));

    assertThat(CorpusReader.read(CorpusSource.of(file)).texts()).containsExactly(GOOD, BAD);
  }

  @Test
  void read_byteOrderMark_isNoPartOfTheFirstColumn() throws IOException {
    assertThat(read("a.csv", "\ufefftext,label\ngood,pos\n").texts()).containsExactly(GOOD);
  }

  @Test
  void read_semicolonsOrTabsInTheHeader_areTheDelimiter() throws IOException {
    assertThat(read("a.csv", "text;label\ngood;pos\n").texts()).containsExactly(GOOD);
    assertThat(read("a.txt", "text\tlabel\ngood\tpos\n").texts()).containsExactly(GOOD);
    assertThat(read("b.csv", "\"a;b;c\",text,label\n0,good,pos\n").texts()).containsExactly(GOOD);
  }

  @Test
  void read_tsv_takesSingleQuotesAsTheyAre() throws IOException {
    Corpus corpus =
        read("a.tsv", "text\tlabel\n\"open, never closed\tpos\n\"He said \"\"hi\"\"\"\tneg\n");

    assertThat(corpus.texts())
        .containsExactly(
            new LabelledText("\"open, never closed", "pos", null),
            new LabelledText("He said \"hi\"", "neg", null));
  }

  @Test
  void read_lineSeparatorsOfUnicode_endNoRow() throws IOException {
    assertThat(read("a.tsv", "text\tlabel\na\u2028b\u0085c\tpos\n").texts())
        .containsExactly(new LabelledText("a\u2028b\u0085c", "pos", null));
  }

  @Test
  void read_escapesInATable_areResolved() throws IOException {
    assertThat(read("a.tsv", "text\tlabel\nI\\u2019m &amp;lt;3\tpos\n").texts())
        .containsExactly(new LabelledText("I’m <3", "pos", null));
  }

  @Test
  void read_airline_restoresTextsAndIgnoresTheReason() throws IOException {
    Corpus corpus =
        read(
            "Tweets.csv",
            """
            tweet_id,airline_sentiment,negativereason,text
            1,negative,Late Flight,Cancelled Flightled &amp; Late Flightr
            2,negative,Cancelled Flight,
            """);

    assertThat(corpus.texts())
        .containsExactly(new LabelledText("cancelled & later", "negative", null));
    assertThat(corpus.skippedRows()).isEqualTo(1);
  }

  @Test
  void read_otherTables_keepTheWordsOfTheAirlines() throws IOException {
    assertThat(read("a.csv", "text,label\nLate Flight again,neg\n").texts())
        .containsExactly(new LabelledText("Late Flight again", "neg", null));
  }

  @Test
  void read_namedColumns_areFoundWithoutRegardToCase() throws IOException {
    Path file = TestFiles.write(folder, "a.csv", "Words,Mark,text,label\ngood,pos,x,y\n");

    assertThat(readColumns(file, "words", "MARK").texts()).containsExactly(GOOD);
  }

  @Test
  void read_groupColumn_isTheGroup() throws IOException {
    Path file = TestFiles.write(folder, "a.csv", "text,label,film\ngood,pos,m1\nbad,neg,\n");

    assertThat(
            CorpusReader.read(new CorpusSource(file, null, null, "film", null, Set.of())).texts())
        .containsExactly(new LabelledText("good", "pos", "m1"), BAD);
  }

  @Test
  void read_emptyTextOrLabel_isSkippedAndCounted() throws IOException {
    Corpus corpus = read("a.csv", "text,label\n  ,pos\ngood, pos \nbad,\n\"\",\"\"\n");

    assertThat(corpus.texts()).containsExactly(GOOD);
    assertThat(corpus.skippedRows()).isEqualTo(3);
  }

  @Test
  void read_onlyEmptyRows_isRefusedWithTheirNumber() {
    assertThatThrownBy(() -> read("a.csv", "text,label\n,pos\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "1 rows without text or label");
  }

  @Test
  void read_missingColumn_namesTheColumnsAndTheOption() throws IOException {
    Path file = TestFiles.write(folder, "a.csv", "words,label\ngood,pos\n");

    assertThatThrownBy(() -> readColumns(file, null, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "words, label", "--text-column");
    assertThatThrownBy(() -> readColumns(file, "words", "mark"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("no column mark", "words, label", "--label-column");
  }

  @Test
  void read_raggedRow_namesTheLineItStartsOn() {
    assertThatThrownBy(() -> read("a.csv", "text,label\n\"two\nlines\",pos\nonly text\nx,pos\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "line 4", "1 fields", "header has 2");
  }

  @Test
  void read_openQuote_namesTheLineItStartsOn() {
    assertThatThrownBy(() -> read("a.csv", "text,label\ngood,pos\n\"bad,neg\nmore,pos\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "line 3", "quote");
  }

  @Test
  void read_openQuoteInAHugeFile_stopsBeforeItFillsTheMemory() throws IOException {
    byte[] content = new byte[2 * TableReader.MAXIMUM_ROW_CHARS];
    Arrays.fill(content, (byte) 'x');
    byte[] start = "text,label\n\"".getBytes(StandardCharsets.UTF_8);
    System.arraycopy(start, 0, content, 0, start.length);
    Path file = TestFiles.writeGzip(folder, "a.csv.gz", content);

    assertThatThrownBy(() -> CorpusReader.read(CorpusSource.of(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2", "longer than", "quote");
  }

  @Test
  void read_textAfterAClosingQuote_namesTheLine() {
    assertThatThrownBy(() -> read("a.csv", "text,label\n\"good\" day,pos\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "line 2", "quote");
  }

  @Test
  void read_malformedUtf8_namesTheLine() throws IOException {
    byte[] content = "text,label\ngood,pos\nb?d,neg\n".getBytes(StandardCharsets.UTF_8);
    content[21] = (byte) 0xff;
    Path file = Files.write(folder.resolve("a.csv"), content);

    assertThatThrownBy(() -> CorpusReader.read(CorpusSource.of(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "line 3", "not valid UTF-8");
  }

  @Test
  void read_utf8CutAtTheEnd_isMalformed() throws IOException {
    byte[] content = "text,label\ngood,é".getBytes(StandardCharsets.UTF_8);
    Path file = Files.write(folder.resolve("a.csv"), Arrays.copyOf(content, content.length - 1));

    assertThatThrownBy(() -> CorpusReader.read(CorpusSource.of(file)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2", "not valid UTF-8");
  }

  @Test
  void read_truncatedGzip_isADamagedArchive() throws IOException {
    byte[] packed = TestFiles.gzip(TWO_ROWS.repeat(100).getBytes(StandardCharsets.UTF_8));
    for (int length : new int[] {3, packed.length - 12}) {
      Path file = Files.write(folder.resolve("a.csv.gz"), Arrays.copyOf(packed, length));

      assertThatThrownBy(() -> CorpusReader.read(CorpusSource.of(file)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("a.csv.gz", "damaged");
    }
  }

  @Test
  void read_emptyOrMissingFile_isRefused() {
    assertThatThrownBy(() -> read("a.csv", ""))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.csv", "empty");
    assertThatThrownBy(() -> CorpusReader.read(CorpusSource.of(folder.resolve("none.csv"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("none.csv", "no such file");
  }

  @Test
  void read_jsonLines_byNameAndBySign() throws IOException {
    String lines =
        """
        {"id": 1, "text": "good", "label": "pos"}

        {"id": 2, "text": "bad", "label": "neg"}
        """;

    assertThat(read("a.jsonl", lines).texts()).containsExactly(GOOD, BAD);
    assertThat(read("a.data", lines).texts()).containsExactly(GOOD, BAD);
  }

  @Test
  void read_jsonPointers_findNestedFieldsAndNumbers() throws IOException {
    Path file =
        TestFiles.write(folder, "a.jsonl", "{\"tweet\": {\"body\": \"so &amp; so\"}, \"mark\": 4}");

    assertThat(readColumns(file, "/tweet/body", "mark").texts())
        .containsExactly(new LabelledText("so & so", "4", null));
  }

  @Test
  void read_jsonFieldThatIsMissingOrNull_isSkippedAndCounted() throws IOException {
    Corpus corpus =
        read(
            "a.jsonl",
            """
            {"text": "good", "label": "pos"}
            {"text": null, "label": "pos"}
            {"label": "pos"}
            """);

    assertThat(corpus.texts()).containsExactly(GOOD);
    assertThat(corpus.skippedRows()).isEqualTo(2);
  }

  @Test
  void read_jsonFieldThatNoRowHas_isAMissingColumn() throws IOException {
    Path file = TestFiles.write(folder, "a.jsonl", "{\"text\": \"good\", \"label\": \"pos\"}\n");

    assertThatThrownBy(() -> readColumns(file, "/deep/text", null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("no column /deep/text", "text, label", "--text-column");
  }

  @Test
  void read_brokenJson_namesTheLine() {
    String good = "{\"text\": \"good\", \"label\": \"pos\"}\n";

    assertThatThrownBy(() -> read("a.jsonl", good + "{\"text\": \n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("a.jsonl", "line 2", "not valid JSON")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> read("a.jsonl", good + "[1]\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2", "no JSON object");
    assertThatThrownBy(() -> read("a.jsonl", good + "{\"text\": 5, \"label\": \"pos\"}\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2", "must be a string");
    assertThatThrownBy(() -> read("a.jsonl", good + good.strip() + good))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("line 2", "not valid JSON");
  }

  @Test
  void read_sameRowsInOtherFormats_haveTheSameDigest() throws IOException {
    String csv = read("a.csv", TWO_ROWS).sha256();
    String json =
        read(
                "b.jsonl",
                """
                {"text": "good", "label": "pos"}
                {"text": "bad", "label": "neg"}
                """)
            .sha256();

    assertThat(json).isEqualTo(csv).matches("[0-9a-f]{64}");
  }

  @Test
  void read_otherOrderLabelOrCut_hasAnotherDigest() throws IOException {
    String digest = read("a.csv", TWO_ROWS).sha256();

    assertThat(read("b.csv", "text,label\nbad,neg\ngood,pos\n").sha256()).isNotEqualTo(digest);
    assertThat(read("c.csv", "text,label\ngood,neg\nbad,neg\n").sha256()).isNotEqualTo(digest);
    assertThat(read("d.csv", "text,label\ngoodp,os\nbad,neg\n").sha256()).isNotEqualTo(digest);
  }

  @Test
  void source_blankColumn_isRefused() {
    assertThatThrownBy(() -> new CorpusSource(folder, " ", null, null, null, Set.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--text-column");
  }
}
