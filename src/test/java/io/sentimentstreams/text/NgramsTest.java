package io.sentimentstreams.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NgramsTest {
  private static final Path FILE = Path.of("ngrams.txt");
  private static final Vocabulary VOCABULARY =
      Vocabulary.parse(
          Path.of("vocabulary.txt"),
          "<pad>\n<unk>\nnot\ngood\nfilm\n".getBytes(StandardCharsets.UTF_8));
  private static final int NOT = 2;
  private static final int GOOD = 3;
  private static final int FILM = 4;

  private static Ngrams parse(String lines) {
    return Ngrams.parse(FILE, lines.getBytes(StandardCharsets.UTF_8), VOCABULARY);
  }

  @Test
  void of_text_findsEachKnownNgramOnce() {
    Ngrams ngrams = parse("film\nnot good\nnot good film\ngood not\n");

    assertThat(ngrams.of(new int[] {NOT, GOOD, FILM, NOT, GOOD, FILM})).containsExactly(0, 1, 2);
    assertThat(ngrams.of(new int[] {GOOD, GOOD, NOT})).containsExactly(3);
    assertThat(ngrams.of(new int[] {GOOD})).isEmpty();
    assertThat(ngrams.of(new int[0])).isEmpty();
  }

  @Test
  void of_textWithPaddingOrUnknownTokens_hasNoNgramAcrossThem() {
    Ngrams ngrams = parse("good\nnot good\n");

    assertThat(ngrams.of(new int[] {NOT, Vocabulary.UNKNOWN, GOOD})).containsExactly(0);
    assertThat(ngrams.of(new int[] {Vocabulary.PADDING, NOT, Vocabulary.PADDING})).isEmpty();
  }

  @Test
  void build_randomTexts_areThoseThatPlainCountingFinds() {
    Random random = new Random(1);
    for (int round = 0; round < 20; round++) {
      int minimumCount = 1 + random.nextInt(4);
      List<int[]> texts = new ArrayList<>();
      for (int text = 0; text < 30; text++) {
        texts.add(random.ints(random.nextInt(12), 0, 5).toArray());
      }
      Map<List<Integer>, Integer> counts = new TreeMap<>(NgramsTest::compare);
      for (int[] text : texts) {
        new ArrayList<>(plain(text)).forEach(ngram -> counts.merge(ngram, 1, Integer::sum));
      }
      List<List<Integer>> expected = new ArrayList<>();
      counts.forEach(
          (ngram, count) -> {
            if (count >= minimumCount) {
              expected.add(ngram);
            }
          });

      Ngrams ngrams = Ngrams.build(texts, minimumCount);

      assertThat(lines(ngrams)).containsExactlyInAnyOrderElementsOf(words(expected));
      for (int[] text : texts) {
        List<String> found =
            Arrays.stream(ngrams.of(text)).mapToObj(lines(ngrams)::get).sorted().toList();
        assertThat(found)
            .containsExactlyElementsOf(
                words(plain(text).stream().filter(expected::contains).toList()));
      }
    }
  }

  /** A text's n-grams of one to three known tokens, each once. */
  private static Set<List<Integer>> plain(int[] text) {
    Set<List<Integer>> ngrams = new TreeSet<>(NgramsTest::compare);
    for (int from = 0; from < text.length; from++) {
      for (int to = from + 1; to <= Math.min(from + 3, text.length); to++) {
        List<Integer> ngram = Arrays.stream(text, from, to).boxed().toList();
        if (ngram.stream().allMatch(id -> id > Vocabulary.UNKNOWN)) {
          ngrams.add(ngram);
        }
      }
    }
    return ngrams;
  }

  private static int compare(List<Integer> left, List<Integer> right) {
    return left.toString().compareTo(right.toString());
  }

  private static List<String> words(List<List<Integer>> ngrams) {
    return ngrams.stream()
        .map(ngram -> String.join(" ", ngram.stream().map(VOCABULARY::token).toList()))
        .sorted()
        .toList();
  }

  private static List<String> lines(Ngrams ngrams) {
    return new String(ngrams.bytes(VOCABULARY), StandardCharsets.UTF_8).lines().toList();
  }

  @Test
  void parse_bytesOfNgrams_areTheSameAgain() {
    String lines = "film\nnot good\nnot good film\ngood not\n";

    assertThat(parse(lines).bytes(VOCABULARY)).asString(StandardCharsets.UTF_8).isEqualTo(lines);
    assertThat(parse("").size()).isZero();
  }

  @Test
  void only_someNumbers_areNumberedAnew() {
    Ngrams ngrams = parse("film\nnot good\ngood\n").only(new int[] {2, 0});

    assertThat(ngrams.bytes(VOCABULARY)).asString(StandardCharsets.UTF_8).isEqualTo("good\nfilm\n");
    assertThat(ngrams.of(new int[] {NOT, GOOD, FILM})).containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "good_ | line 1: has no line end",
        "good/bad/ | line 2: has 'bad', which is not in the vocabulary",
        "good/<unk>/ | line 2: has '<unk>', which is not",
        "good//film/ | line 2: has '', which is not",
        "good/not good film not/ | line 2: has 4 tokens, but may have 3",
        "good/film/good/ | line 3: repeats line 1",
      })
  void parse_wrongLine_isNamed(String lines, String message) {
    String file = lines.strip().replace('/', '\n').replace("_", "");

    assertThatThrownBy(() -> parse(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("n-grams ngrams.txt, ")
        .hasMessageContaining(message.strip());
  }

  @Test
  void requireVocabulary_tooLarge_isRefused() {
    Ngrams.requireVocabulary(Ngrams.MAXIMUM_VOCABULARY);

    assertThatThrownBy(() -> Ngrams.requireVocabulary(Ngrams.MAXIMUM_VOCABULARY + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2097153");
  }

  @Test
  void parse_tooManyLines_isRefusedBeforeTheyAreRead() {
    byte[] lines = new byte[2 * (Ngrams.MAXIMUM_SIZE + 1)];
    for (int i = 0; i < lines.length; i += 2) {
      lines[i] = 'x';
      lines[i + 1] = '\n';
    }

    assertThatThrownBy(() -> Ngrams.parse(FILE, lines, VOCABULARY))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("n-grams ngrams.txt: has 4194305 lines, but may have 4194304 at most");
  }

  @Test
  void requireSize_tooMany_isRefused() {
    Ngrams.requireSize(Ngrams.MAXIMUM_SIZE);

    assertThatThrownBy(() -> Ngrams.requireSize(Ngrams.MAXIMUM_SIZE + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("training: ngrams is 4194305, but must be at most 4194304");
  }
}
