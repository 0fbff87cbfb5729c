package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.Calibration;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.text.Ngrams;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ScoringTest {
  private static final int TEXTS = 5_000;
  private static final int FIRST_TOKEN = 2;
  private static final Labels LABELS = new Labels(List.of("first", "second"));

  private final Random random = new Random(1);
  private final List<Example> texts = new ArrayList<>();
  private final float[][] probabilities = new float[TEXTS][];
  private final NgramScores ngrams;

  /** One text in five has the second label; probability and token each tell something of it. */
  ScoringTest() {
    for (int text = 0; text < TEXTS; text++) {
      int label = random.nextInt(5) == 0 ? 1 : 0;
      int told = random.nextInt(4) == 0 ? 1 - label : label;
      texts.add(new Example(new int[] {FIRST_TOKEN + told}, label));
      double score = 2 * label - 1 + 1.5 * random.nextGaussian();
      float second = (float) (1 / (1 + Math.exp(-score)));
      probabilities[text] = new float[] {1 - second, second};
    }
    Ngrams tokens = Ngrams.build(texts.stream().map(Example::ids).toList(), 1);
    ngrams = NgramScores.of(tokens, 2, new float[] {0.5f, -0.5f, -0.5f, 0.5f});
  }

  private Scoring fit(double secondWeight, @Nullable NgramScores wide) {
    return Scoring.fit(
        probabilities, texts, LABELS, List.of(1.0, secondWeight), Selection.LOSS, wide);
  }

  /** The scores before the softmax, {@code [label]}. */
  private double[] scores(Scoring scoring, int text) {
    double[] scores = new double[2];
    Calibration calibration = scoring.calibration();
    for (int label = 0; label < scores.length; label++) {
      scores[label] =
          Math.log(probabilities[text][label]) / calibration.temperature()
              + (calibration.bias().isEmpty() ? 0 : calibration.bias().get(label));
    }
    if (scoring.ngrams() != null) {
      scoring.ngrams().add(texts.get(text).ids(), scores);
    }
    return scores;
  }

  /** The cross-entropy of all texts alike, with scores so many times as large. */
  private double loss(Scoring scoring, double factor) {
    double loss = 0;
    for (int text = 0; text < TEXTS; text++) {
      double[] scores = scores(scoring, text);
      int truth = texts.get(text).label();
      loss += Math.log1p(Math.exp(factor * (scores[1 - truth] - scores[truth])));
    }
    return loss;
  }

  private long seconds(Scoring scoring) {
    long seconds = 0;
    for (int text = 0; text < TEXTS; text++) {
      double[] scores = scores(scoring, text);
      seconds += scores[1] > scores[0] ? 1 : 0;
    }
    return seconds;
  }

  private void assertNoFactorHelps(Scoring scoring) {
    assertThat(loss(scoring, 1)).isLessThan(loss(scoring, 0.97)).isLessThan(loss(scoring, 1.03));
  }

  @Test
  void fit_networkAlone_classWeightsDoNotChangeHowSureItIs() {
    assertNoFactorHelps(fit(1, null));
    assertThat(fit(4, null)).isEqualTo(fit(1, null));
  }

  @Test
  void fit_withNgrams_classWeightsShiftLabelsAndScoresStayAsRightAsTheySay() {
    assertNoFactorHelps(fit(1, ngrams));
    assertNoFactorHelps(fit(4, ngrams));
    assertThat(seconds(fit(4, ngrams))).isGreaterThan(seconds(fit(1, ngrams)) * 5 / 4);
  }

  @Test
  void fit_forMacroRecall_hasAHigherOneThanForLoss() {
    Scoring likeliest = fit(1, ngrams);
    Scoring balanced =
        Scoring.fit(
            probabilities, texts, LABELS, List.of(1.0, 1.0), Selection.MACRO_RECALL, ngrams);

    assertThat(macroRecall(balanced)).isGreaterThan(macroRecall(likeliest) + 0.02);
    assertNoFactorHelps(balanced);
  }

  private double macroRecall(Scoring scoring) {
    int[] right = new int[2];
    int[] all = new int[2];
    for (int text = 0; text < TEXTS; text++) {
      double[] scores = scores(scoring, text);
      int truth = texts.get(text).label();
      all[truth]++;
      right[truth] += (scores[1] > scores[0] ? 1 : 0) == truth ? 1 : 0;
    }
    return ((double) right[0] / all[0] + (double) right[1] / all[1]) / 2;
  }
}
