package io.sentimentstreams.train;

import java.util.ArrayList;
import java.util.List;

/** How much each class counts in the loss. */
final class ClassWeights {
  private ClassWeights() {}

  /**
   * {@code (rows / (labels * count)) ^ exponent} for each label, scaled so that the mean over the
   * examples is 1. A label without examples weighs 1.
   *
   * @param exponent 0 for equal weights, 1 for balanced ones
   */
  static List<Double> of(List<Example> examples, int labels, double exponent) {
    long[] counts = new long[labels];
    for (Example example : examples) {
      counts[example.label()]++;
    }
    double[] weights = new double[labels];
    double sum = 0;
    for (int label = 0; label < labels; label++) {
      if (counts[label] > 0) {
        weights[label] =
            Math.pow((double) examples.size() / ((double) labels * counts[label]), exponent);
        sum += weights[label] * counts[label];
      }
    }
    List<Double> scaled = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      scaled.add(counts[label] == 0 ? 1 : weights[label] * examples.size() / sum);
    }
    return scaled;
  }
}
