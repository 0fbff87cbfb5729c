package io.sentimentstreams.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.Fuzz;
import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The readers of a bundle's text files, with damaged and random input. */
final class TextFilesFuzzTest {
  private static final byte[] WORDS =
      (Vocabulary.PADDING_TOKEN + "\n" + Vocabulary.UNKNOWN_TOKEN + "\nnot\ngood\nfilm\n漢\n😊\n")
          .getBytes(UTF_8);

  @Test
  void vocabulary_ofAnyBytes_isRefusedOrReadAsItIs() throws InterruptedException {
    Path file = Path.of("vocabulary.txt");
    Fuzz.run(
        "vocabulary",
        List.of(WORDS),
        List.of("\n", "<unk>\n", "<pad>\n", " ", "\u00a0", "\u2028", "good\n", "\r\n"),
        input -> {
          try {
            assertThat(Vocabulary.parse(file, input).bytes()).isEqualTo(input);
          } catch (InvalidInputException e) {
            assertThat(e.getMessage()).startsWith("vocabulary vocabulary.txt").doesNotContain("\n");
          }
        });
  }

  @Test
  void ngrams_ofAnyBytes_areRefusedOrReadAsTheyAre() throws InterruptedException {
    Vocabulary vocabulary = Vocabulary.parse(Path.of("vocabulary.txt"), WORDS);
    Path file = Path.of("ngrams.txt");
    Fuzz.run(
        "n-grams",
        List.of("film\nnot good\nnot good film\ngood 漢\n".getBytes(UTF_8)),
        List.of("\n", " ", "not ", "good\n", "<unk>", "<pad>", "film film film\n"),
        input -> {
          try {
            assertThat(Ngrams.parse(file, input, vocabulary).bytes(vocabulary)).isEqualTo(input);
          } catch (InvalidInputException e) {
            assertThat(e.getMessage()).startsWith("n-grams ngrams.txt").doesNotContain("\n");
          }
        });
  }
}
