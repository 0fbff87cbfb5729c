package io.sentimentstreams.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well scores tell how often a model is right: predictions in {@value #BINS} bins of equal
 * width by their score, the probability of the predicted label.
 *
 * @param bins by rising score, the empty ones too
 * @param error the expected calibration error: over the bins, the mean distance between score and
 *     accuracy, weighted by predictions (Naeini et al. 2015, Obtaining Well Calibrated
 *     Probabilities Using Bayesian Binning; Guo et al. 2017, On Reliability of Modern Neural
 *     Networks)
 */
public record Reliability(List<Bin> bins, double error) {
  /** How many bins. */
  public static final int BINS = 10;

  public Reliability {
    bins = List.copyOf(bins);
  }

  /**
   * Predictions of similar score.
   *
   * @param from lowest score
   * @param to highest score; only the last bin has it in it
   * @param count predictions
   * @param meanScore 0 where there is none
   * @param accuracy share of them that is right, 0 where there is none
   */
  public record Bin(double from, double to, long count, double meanScore, double accuracy) {}

  /**
   * Bins predictions.
   *
   * @param scores {@code [rows]}, from 0 to 1
   * @param right {@code [rows]}, whether the prediction was right
   */
  public static Reliability of(double[] scores, boolean[] right) {
    if (scores.length != right.length) {
      throw new IllegalArgumentException(
          "%d scores, but %d outcomes".formatted(scores.length, right.length));
    }
    long[] counts = new long[BINS];
    double[] sums = new double[BINS];
    long[] rights = new long[BINS];
    for (int row = 0; row < scores.length; row++) {
      int bin = Math.min((int) (scores[row] * BINS), BINS - 1);
      counts[bin]++;
      sums[bin] += scores[row];
      rights[bin] += right[row] ? 1 : 0;
    }
    return of(scores.length, counts, sums, rights);
  }

  /** The error in a sentence, without a line end. */
  public String sentence(String data) {
    return String.format(
        Locale.ROOT,
        "%s: expected calibration error %.4f, the mean distance between a score and how often such"
            + " scores are right",
        data,
        error);
  }

  /** Bins what a model said of texts. */
  public static Reliability of(List<Judged> judged) {
    double[] scores = judged.stream().mapToDouble(one -> one.prediction().score()).toArray();
    boolean[] right = new boolean[scores.length];
    for (int row = 0; row < right.length; row++) {
      right[row] = judged.get(row).isRight();
    }
    return of(scores, right);
  }

  private static Reliability of(int rows, long[] counts, double[] sums, long[] rights) {
    List<Bin> bins = new ArrayList<>();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      double mean = counts[bin] == 0 ? 0 : sums[bin] / counts[bin];
      double accuracy = counts[bin] == 0 ? 0 : (double) rights[bin] / counts[bin];
      error += counts[bin] == 0 ? 0 : Math.abs(mean - accuracy) * counts[bin] / rows;
      bins.add(
          new Bin((double) bin / BINS, (double) (bin + 1) / BINS, counts[bin], mean, accuracy));
    }
    return new Reliability(bins, error);
  }
}
