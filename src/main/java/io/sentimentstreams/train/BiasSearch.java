package io.sentimentstreams.train;

import io.sentimentstreams.model.Labels;

/**
 * Moves the biases of labels to where a measure of the labels is best: that of the likeliest labels
 * is another than that of the labels with the best macro mean, which rare labels count for as much
 * as common ones (Lipton et al. 2014, Optimal Thresholding of Classifiers to Maximize F1 Measure).
 *
 * <p>A few steps for each label in turn, over a coarse grid: what is found depends on two or three
 * numbers, not on single texts.
 */
final class BiasSearch {
  private static final int ROUNDS = 3;
  private static final double STEP = 0.05;
  private static final int STEPS = 16;

  private final double[][] scores; // [text][label]
  private final int[] truth; // [text]
  private final Labels labels;
  private final Selection measure;

  private BiasSearch(double[][] scores, int[] truth, Labels labels, Selection measure) {
    this.scores = scores;
    this.truth = truth;
    this.labels = labels;
    this.measure = measure;
  }

  /**
   * What is to be added to the scores of each label.
   *
   * @param scores {@code [text][label]}
   * @param truth indices of the true labels, {@code [text]}
   * @param measure a macro mean; for any other nothing is to be added
   * @return {@code [label]}
   */
  static double[] of(double[][] scores, int[] truth, Labels labels, Selection measure) {
    double[] bias = new double[scores[0].length];
    return switch (measure) {
      case LOSS, ACCURACY -> bias;
      case MACRO_F1, MACRO_RECALL -> new BiasSearch(scores, truth, labels, measure).search(bias);
    };
  }

  private double[] search(double[] bias) {
    double best = value(bias);
    for (int round = 0; round < ROUNDS; round++) {
      for (int label = 0; label < bias.length; label++) {
        double centre = bias[label];
        for (int step = -STEPS; step <= STEPS; step++) {
          double[] moved = bias.clone();
          moved[label] = centre + step * STEP;
          double value = value(moved);
          if (value > best) {
            best = value;
            bias[label] = moved[label];
          }
        }
      }
    }
    return bias;
  }

  /** The measure with a bias. */
  private double value(double[] bias) {
    long[][] confusion = new long[bias.length][bias.length]; // [true][predicted]
    double[] moved = new double[bias.length];
    for (int text = 0; text < truth.length; text++) {
      for (int label = 0; label < bias.length; label++) {
        moved[label] = scores[text][label] + bias[label];
      }
      confusion[truth[text]][FeatureClassifier.best(moved)]++;
    }
    return Scores.merit(Evaluation.measures("validation", labels, confusion), measure);
  }
}
