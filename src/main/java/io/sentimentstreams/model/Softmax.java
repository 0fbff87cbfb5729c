package io.sentimentstreams.model;

/** {@code exp(x) / sum(exp(x))}. */
public final class Softmax {
  private Softmax() {}

  /**
   * Makes probabilities of scores.
   *
   * @param scores {@code [labels]}, moved by the largest so that nothing overflows
   * @param probabilities {@code [labels]}
   */
  public static void apply(double[] scores, float[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      largest = Math.max(largest, score);
    }
    double sum = 0;
    for (int label = 0; label < scores.length; label++) {
      double value = Math.exp(scores[label] - largest);
      probabilities[label] = (float) value;
      sum += value;
    }
    for (int label = 0; label < scores.length; label++) {
      probabilities[label] = (float) (probabilities[label] / sum);
    }
  }
}
