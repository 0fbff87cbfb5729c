package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CalibrationFitTest {
  private static final int TEXTS = 40_000;
  private static final int LABELS = 3;

  /** Scores as of a network, and true labels drawn from their softmax. */
  // Arrays: samples are never compared.
  @SuppressWarnings("ArrayRecordComponent")
  private record Sample(double[][] scores, int[] truth) {
    static Sample draw(Random random, IntToDoubleFunction bias) {
      double[][] scores = new double[TEXTS][LABELS];
      int[] truth = new int[TEXTS];
      for (int text = 0; text < TEXTS; text++) {
        for (int label = 0; label < LABELS; label++) {
          scores[text][label] = 2 * random.nextGaussian() + bias.applyAsDouble(label);
        }
        truth[text] = drawn(scores[text], random);
      }
      return new Sample(scores, truth);
    }

    private static int drawn(double[] scores, Random random) {
      double sum = Arrays.stream(scores).map(Math::exp).sum();
      double left = random.nextDouble() * sum;
      int label = 0;
      while (label < LABELS - 1 && left >= Math.exp(scores[label])) {
        left -= Math.exp(scores[label]);
        label++;
      }
      return label;
    }

    double[][] times(double factor) {
      return Arrays.stream(scores)
          .map(row -> Arrays.stream(row).map(value -> factor * value).toArray())
          .toArray(double[][]::new);
    }
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.25, 1, 4})
  void ofNetwork_scoresThatAreTooLarge_findsByHowMuch(double factor) {
    Sample sample = Sample.draw(new Random(1), label -> 0);

    CalibrationFit.Scales scales =
        CalibrationFit.ofNetwork(sample.times(factor), sample.truth(), ones(TEXTS));

    assertThat(scales.scale()).isCloseTo(1 / factor, within(0.03 / factor));
    assertThat(scales.ngramScale()).isZero();
    assertThat(scales.bias()).isEmpty();
  }

  @Test
  void ofBoth_labelsDrawnFromTheSumOfBoth_findsBothScalesAndTheBias() {
    Random random = new Random(2);
    double[] bias = {0.5, 0, -1};
    Sample sample = Sample.draw(random, label -> bias[label]);
    double[][] first = new double[TEXTS][LABELS];
    double[][] second = new double[TEXTS][LABELS];
    for (int text = 0; text < TEXTS; text++) {
      for (int label = 0; label < LABELS; label++) {
        first[text][label] = random.nextGaussian();
        double rest = sample.scores()[text][label] - bias[label] - 0.5 * first[text][label];
        second[text][label] = rest / 2;
      }
    }

    CalibrationFit.Scales scales =
        CalibrationFit.ofBoth(first, second, sample.truth(), ones(TEXTS));

    assertThat(scales.scale()).isCloseTo(0.5, within(0.05));
    assertThat(scales.ngramScale()).isCloseTo(2, within(0.05));
    assertThat(scales.bias().get(0) - scales.bias().get(1)).isCloseTo(0.5, within(0.05));
    assertThat(scales.bias().get(2) - scales.bias().get(1)).isCloseTo(-1, within(0.05));
  }

  @Test
  void ofBoth_uselessNgrams_getNoWeight() {
    Random random = new Random(3);
    Sample sample = Sample.draw(random, label -> 0);
    double[][] noise = Sample.draw(random, label -> 0).scores();

    CalibrationFit.Scales scales =
        CalibrationFit.ofBoth(sample.scores(), noise, sample.truth(), ones(TEXTS));

    assertThat(scales.ngramScale()).isCloseTo(0, within(0.02));
    assertThat(scales.scale()).isCloseTo(1, within(0.03));
  }

  @Test
  void ofBoth_classThatCountsMore_getsALargerBias() {
    Sample sample = Sample.draw(new Random(4), label -> 0);
    double[] weights =
        Arrays.stream(sample.truth()).mapToDouble(label -> label == 0 ? Math.E : 1).toArray();

    CalibrationFit.Scales scales =
        CalibrationFit.ofBoth(sample.scores(), new double[TEXTS][LABELS], sample.truth(), weights);

    assertThat(scales.bias().get(0) - scales.bias().get(1)).isCloseTo(1, within(0.05));
    assertThat(scales.bias().get(2) - scales.bias().get(1)).isCloseTo(0, within(0.05));
  }

  @Test
  void ofNetwork_fewTextsAllRight_staysFinite() {
    double[][] scores = {{5, -5}, {-5, 5}, {3, -3}};

    CalibrationFit.Scales scales = CalibrationFit.ofNetwork(scores, new int[] {0, 1, 0}, ones(3));

    assertThat(scales.scale()).isBetween(1.0, 2.0);
  }

  @Test
  void ofNetwork_scoresThatAreWrong_keepsTheirOrder() {
    Sample sample = Sample.draw(new Random(5), label -> 0);

    CalibrationFit.Scales scales =
        CalibrationFit.ofNetwork(sample.times(-1), sample.truth(), ones(TEXTS));

    assertThat(scales.scale()).isPositive();
  }
}
