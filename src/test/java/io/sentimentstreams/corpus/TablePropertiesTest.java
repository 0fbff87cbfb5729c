package io.sentimentstreams.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** What was written as a table is read again, whatever the texts hold. */
class TablePropertiesTest {
  private static final int TRIES = 100;

  @Property(tries = TRIES)
  void read_anyTextsAsCsv_areTheSame(@ForAll("texts") List<String> texts) throws IOException {
    StringBuilder csv = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(csv, CSVFormat.DEFAULT)) {
      printer.printRecord("label", "text");
      for (String text : texts) {
        printer.printRecord("a", text);
      }
    }
    assertThat(read(".csv", csv.toString())).isEqualTo(expected(texts));
  }

  @Property(tries = TRIES)
  void read_anyTextsAsJsonLines_areTheSame(@ForAll("texts") List<String> texts) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (String text : texts) {
      lines.append(new ObjectMapper().writeValueAsString(Map.of("text", text, "label", "a")));
      lines.append('\n');
    }
    assertThat(read(".jsonl", lines.toString())).isEqualTo(expected(texts));
  }

  private static List<String> expected(List<String> texts) {
    return texts.stream().map(Unescape::unescape).filter(text -> !text.isBlank()).toList();
  }

  private static List<String> read(String extension, String content) throws IOException {
    Path file = Files.createTempFile("table", extension);
    try {
      Files.writeString(file, content);
      Corpus corpus = CorpusReader.read(CorpusSource.of(file));
      return corpus.texts().stream().map(LabelledText::text).toList();
    } finally {
      Files.delete(file);
    }
  }

  /** Texts of whole code points, one of them not blank. */
  @Provide
  Arbitrary<List<String>> texts() {
    Arbitrary<Integer> codePoints =
        Arbitraries.frequencyOf(
            Tuple.of(3, Arbitraries.of('"', ',', '\n', '\r', '\\', '&', ' ').map(c -> (int) c)),
            Tuple.of(3, Arbitraries.integers().between(' ', 0x2fff)),
            Tuple.of(1, Arbitraries.integers().between(0x10000, 0x10ffff)));
    return codePoints
        .list()
        .ofMaxSize(30)
        .map(list -> list.stream().mapToInt(i -> i))
        .map(
            stream ->
                stream
                    .collect(
                        StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString())
        .list()
        .ofMaxSize(20)
        .map(
            list ->
                IntStream.rangeClosed(0, list.size())
                    .mapToObj(i -> i == 0 ? "x" : list.get(i - 1))
                    .toList());
  }
}
