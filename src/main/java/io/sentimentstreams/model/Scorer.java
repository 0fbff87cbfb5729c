package io.sentimentstreams.model;

import org.jspecify.annotations.Nullable;

/**
 * Makes a model's scores of its network's probabilities, see {@link Calibration}. Immutable, and
 * safe for use by several threads.
 */
public final class Scorer {
  private final double temperature;
  private final double[] bias; // [labels]
  private final @Nullable NgramScores ngrams;

  /**
   * A scorer.
   *
   * @param labels how many there are
   * @param ngrams what the probabilities are joined by; null for nothing
   */
  public Scorer(Calibration calibration, int labels, @Nullable NgramScores ngrams) {
    temperature = calibration.temperature();
    bias = calibration.biases(labels);
    this.ngrams = ngrams;
  }

  /**
   * Makes scores of a text's probabilities, in their place.
   *
   * @param ids token ids, {@code [time]}
   * @param probabilities {@code [labels]}
   */
  public void apply(int[] ids, float[] probabilities) {
    double[] scores = bias.clone();
    for (int label = 0; label < scores.length; label++) {
      scores[label] += Calibration.logarithm(probabilities[label]) / temperature;
    }
    if (ngrams != null) {
      ngrams.add(ids, scores);
    }
    Softmax.apply(scores, probabilities);
  }

  /** Bytes of the n-grams' tables and weights. */
  long memoryBytes() {
    return ngrams == null ? 0 : ngrams.memoryBytes();
  }
}
