package io.sentimentstreams.bench;

import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What several rounds measured.
 *
 * @param median the middle one, or the mean of the two in the middle
 * @param low the smallest
 * @param high the largest
 */
record Spread(double median, double low, double high) {
  private static final int RATIO_DIGITS = 3;

  /** Of at least one value. */
  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no values, but at least one is needed");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /**
   * The median of one thing's rounds divided by another's, rounded.
   *
   * @param own at least one value
   * @param theirs as many
   */
  static double medianRatio(List<Double> own, List<Double> theirs) {
    List<Double> ratios =
        IntStream.range(0, own.size()).mapToObj(i -> own.get(i) / theirs.get(i)).toList();
    return rounded(of(ratios).median(), RATIO_DIGITS);
  }

  /** The value with so many digits behind the point; figures are never more exact. */
  static double rounded(double value, int digits) {
    double scale = Math.pow(10, digits);
    return Math.round(value * scale) / scale;
  }
}
