package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.text.TextEncoder;
import io.sentimentstreams.text.TextSettings;
import io.sentimentstreams.text.TokenizerKind;
import io.sentimentstreams.text.Truncation;
import io.sentimentstreams.text.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NgramFitTest {
  private static final TextSettings TEXT =
      new TextSettings(TokenizerKind.WORDS, 1000, 1, 20, Truncation.KEEP_HEAD);

  /** A vocabulary and texts of label 0 and 1 in turn. */
  private static final class Texts {
    private final List<String> texts;
    private final Vocabulary vocabulary;
    private final TextEncoder encoder;

    Texts(List<String> texts) {
      this.texts = texts;
      vocabulary = Vocabulary.build(TEXT, texts);
      encoder = new TextEncoder(TEXT, vocabulary);
    }

    NgramScores train(int most, int characters) {
      List<Example> examples = new ArrayList<>();
      for (int i = 0; i < texts.size(); i++) {
        examples.add(new Example(ids(texts.get(i)), i % 2));
      }
      return NgramFit.train(examples, vocabulary, 2, most, characters);
    }

    int[] ids(String text) {
      return encoder.encode(text).ids();
    }

    /** How much a text's score of label 1 is above that of label 0. */
    double margin(NgramScores scores, String text) {
      double[] both = new double[2];
      scores.add(ids(text), both);
      return both[1] - both[0];
    }
  }

  private static List<String> repeated(int times, String... texts) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      all.addAll(List.of(texts));
    }
    return all;
  }

  @Test
  void train_pairsThatTellTheLabels_scoreThem() {
    Texts texts = new Texts(repeated(20, "the film not good", "good not the film"));

    NgramScores scores = texts.train(1000, 0);

    assertThat(texts.margin(scores, "not good")).isNegative();
    assertThat(texts.margin(scores, "good not")).isPositive();
    assertThat(texts.margin(scores, "film")).isBetween(-1e-3, 1e-3);
  }

  @Test
  void train_fewerThanThereAre_keepsThoseThatMoveTheScoresMost() {
    Texts texts = new Texts(repeated(20, "dull the film", "superb the film"));

    NgramScores scores = texts.train(2, 0);

    assertThat(scores.ngrams().size()).isEqualTo(2);
    assertThat(texts.margin(scores, "the film")).isZero();
    assertThat(texts.margin(scores, "dull the film")).isNegative();
    assertThat(texts.margin(scores, "superb the film")).isPositive();
  }

  @Test
  void train_withCharacters_scoresAWordByThoseThatLookLikeIt() {
    // "delighting" is in as many texts of either label.
    List<String> all =
        repeated(20, "boring", "delightful", "bored", "delighted", "bore", "delight");
    all.addAll(repeated(3, "delighting", "delighting"));
    Texts texts = new Texts(all);

    assertThat(texts.margin(texts.train(1000, 0), "delighting")).isBetween(-1e-3, 1e-3);
    assertThat(texts.margin(texts.train(1000, 5), "delighting")).isGreaterThan(0.1);
  }

  @Test
  void characterNgrams_ofAWord_areAllOfItsPartsBetweenBlanks() {
    Vocabulary vocabulary = Vocabulary.build(TEXT, List.of("aaa b"));

    CharacterNgrams ngrams = CharacterNgrams.of(vocabulary, 3);

    // " a" "aa" "aa" "a " " aa" "aaa" "aa ", and " b" "b " " b ".
    assertThat(ngrams.of(vocabulary.id("aaa"))).hasSize(7);
    assertThat(ngrams.of(vocabulary.id("b"))).hasSize(3);
    assertThat(ngrams.size()).isEqualTo(9);
    assertThat(ngrams.of(Vocabulary.UNKNOWN)).isEmpty();
    assertThat(CharacterNgrams.of(vocabulary, 0).size()).isZero();
  }
}
