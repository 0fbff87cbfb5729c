package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.text.Tokenizer;
import io.sentimentstreams.text.TokenizerKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LinearBaselineTest {
  private static final Labels LABELS = new Labels(List.of("bad", "good", "other"));
  private static final Tokenizer TOKENIZER = Tokenizer.of(TokenizerKind.PROSE);

  /** Only the order of two words tells bad from good: {@code not fine} and {@code fine not}. */
  private static List<LabelledText> texts(int count, long seed) {
    Random random = new Random(seed);
    List<LabelledText> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String middle =
          switch (i % 3) {
            case 0 -> "not fine";
            case 1 -> "fine not";
            default -> "train station";
          };
      String text = word(random) + " " + middle + " " + word(random);
      texts.add(new LabelledText(text, LABELS.name(i % 3), null));
    }
    return texts;
  }

  private static String word(Random random) {
    return "w" + (char) ('a' + random.nextInt(20));
  }

  @Test
  void predict_labelsThatPairsOfWordsTell_areLearned() {
    LinearBaseline linear = LinearBaseline.train(LABELS, TOKENIZER, texts(300, 1));

    Measures measures = linear.evaluate("validation", texts(60, 2));

    assertThat(measures.accuracy()).isEqualTo(1);
    assertThat(measures.data()).isEqualTo("validation, linear baseline");
  }

  @Test
  void predict_textWithoutKnownNgrams_isOneOfTheLabels() {
    LinearBaseline linear = LinearBaseline.train(LABELS, TOKENIZER, texts(300, 1));

    assertThat(linear.predict("")).isBetween(0, 2);
    assertThat(linear.predict("zebra 😀")).isBetween(0, 2);
  }

  @Test
  void train_again_givesTheSame() {
    LinearBaseline one = LinearBaseline.train(LABELS, TOKENIZER, texts(300, 1));
    LinearBaseline two = LinearBaseline.train(LABELS, TOKENIZER, texts(300, 1));

    assertThat(two.size()).isEqualTo(one.size());
    assertThat(two.evaluate("validation", texts(60, 3)))
        .isEqualTo(one.evaluate("validation", texts(60, 3)));
  }

  @Test
  void train_oneLabelOnly_isRefused() {
    List<LabelledText> same = List.of(new LabelledText("a", "bad", null));

    assertThatThrownBy(() -> LinearBaseline.train(LABELS, TOKENIZER, same))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("same label");
  }

  @Test
  void ngrams_ofOneText_areNotKept() {
    NgramVocabulary ngrams =
        NgramVocabulary.of(TOKENIZER, List.of("a b c", "a b d", "once", "a a a"));

    assertThat(ngrams.size()).isEqualTo(3); // a, b, "a b"
    assertThat(ngrams.numbers("a b a b")).hasSize(3).isSorted();
    assertThat(ngrams.numbers("once")).isEmpty();
  }

  @Test
  void verdict_networkBelowTheBaseline_saysSo() {
    Measures network = measures("validation", 6);
    Measures linear = measures("validation, linear baseline", 7);

    assertThat(LinearBaseline.verdict(List.of(network, linear), network).orElseThrow())
        .startsWith("validation: the network does not beat a linear model");
    assertThat(LinearBaseline.verdict(List.of(network, linear), linear)).isEmpty();
    assertThat(
            LinearBaseline.verdict(
                    List.of(measures("validation", 9), linear), measures("validation", 9))
                .orElseThrow())
        .contains("the network beats")
        .contains("0.9000 against 0.7000");
  }

  /** Of ten texts with the second label, so many labelled right. */
  private static Measures measures(String data, long right) {
    return Evaluation.measures(
        data, LABELS, new long[][] {{0, 0, 0}, {10 - right, right, 0}, {0, 0, 0}});
  }
}
