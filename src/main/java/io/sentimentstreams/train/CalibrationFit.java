package io.sentimentstreams.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the scale of the network's log-probabilities, the scale of the n-grams' scores and a bias a
 * label that make the true labels of validation texts likeliest, by Newton's method on their
 * cross-entropy, which is convex.
 *
 * <p>With one part only its scale is found (Guo et al. 2017: the temperature, as its inverse); with
 * both they are an opinion pool whose weights are fitted.
 */
final class CalibrationFit {
  /**
   * Weight of the squared distance from the scores as they are, in texts: what keeps the fit of a
   * few texts that are all right from scores without bounds.
   */
  private static final double PRIOR = 1;

  private static final int MOST_STEPS = 100;
  private static final double SMALL_STEP = 1e-9;
  private static final double LEAST_SCALE = 0.01;

  /**
   * What was found.
   *
   * @param scale of the network's log-probabilities
   * @param ngramScale of the n-grams' scores
   * @param bias {@code [labels]}; zeros without n-grams
   */
  record Scales(double scale, double ngramScale, List<Double> bias) {
    /** The same with another bias. */
    Scales plus(double[] more) {
      List<Double> sum = new ArrayList<>();
      for (int label = 0; label < more.length; label++) {
        sum.add(bias.get(label) + more[label]);
      }
      return new Scales(scale, ngramScale, sum);
    }

    /** The scores of texts, {@code [text][label]}: both parts so scaled, and the bias. */
    double[][] joined(double[][] logProbabilities, double[][] ngramScores) {
      double[][] joined = new double[logProbabilities.length][bias.size()];
      for (int text = 0; text < joined.length; text++) {
        for (int label = 0; label < bias.size(); label++) {
          joined[text][label] =
              scale * logProbabilities[text][label]
                  + ngramScale * ngramScores[text][label]
                  + bias.get(label);
        }
      }
      return joined;
    }
  }

  private final double[][][] parts; // [part][text][label]
  private final int[] truth; // [text]
  private final double[] textWeights; // [text]
  private final int labels;
  private final int parameters;
  private final double[] start; // [parameter]

  private CalibrationFit(double[][][] parts, int[] truth, double[] textWeights) {
    this.parts = parts;
    this.truth = truth;
    this.textWeights = textWeights;
    labels = parts[0][0].length;
    parameters = parts.length == 1 ? 1 : parts.length + labels;
    start = new double[parameters];
    start[0] = 1;
  }

  /**
   * The scale of scores alone: a network's log-probabilities, or what {@link Scales#joined} gives.
   */
  static Scales ofNetwork(double[][] logProbabilities, int[] truth, double[] textWeights) {
    double[] found =
        new CalibrationFit(new double[][][] {logProbabilities}, truth, textWeights).solve();
    return new Scales(Math.max(LEAST_SCALE, found[0]), 0, List.of());
  }

  /**
   * The scales of both parts.
   *
   * @param logProbabilities the network's, {@code [text][label]}
   * @param ngramScores {@code [text][label]}
   * @param truth indices of the true labels, {@code [text]}
   * @param textWeights how much each counts, {@code [text]}
   */
  static Scales ofBoth(
      double[][] logProbabilities, double[][] ngramScores, int[] truth, double[] textWeights) {
    double[] found =
        new CalibrationFit(new double[][][] {logProbabilities, ngramScores}, truth, textWeights)
            .solve();
    return new Scales(
        Math.max(LEAST_SCALE, found[0]),
        found[1],
        Arrays.stream(found, 2, found.length).boxed().toList());
  }

  private double[] solve() {
    double[] point = start.clone();
    double loss = loss(point);
    for (int i = 0; i < MOST_STEPS; i++) {
      double[] step = step(point);
      double share = 1;
      double[] next = moved(point, step, share);
      while (loss(next) > loss && share > SMALL_STEP) {
        share /= 2;
        next = moved(point, step, share);
      }
      double nextLoss = loss(next);
      if (loss - nextLoss <= SMALL_STEP * Math.abs(loss)) {
        return nextLoss < loss ? next : point;
      }
      point = next;
      loss = nextLoss;
    }
    return point;
  }

  private static double[] moved(double[] point, double[] step, double share) {
    double[] moved = new double[point.length];
    Arrays.setAll(moved, i -> point[i] - share * step[i]);
    return moved;
  }

  private double loss(double[] point) {
    double loss = 0;
    for (int i = 0; i < parameters; i++) {
      loss += PRIOR / 2 * (point[i] - start[i]) * (point[i] - start[i]);
    }
    for (int text = 0; text < truth.length; text++) {
      double[] scores = scores(point, text);
      loss += textWeights[text] * (logSum(scores) - scores[truth[text]]);
    }
    return loss;
  }

  private double[] scores(double[] point, int text) {
    double[] scores = new double[labels];
    for (int label = 0; label < labels; label++) {
      for (int parameter = 0; parameter < parameters; parameter++) {
        scores[label] += point[parameter] * value(parameter, text, label);
      }
    }
    return scores;
  }

  /** What a parameter is multiplied by in a label's score: a part's value, or 1 for its bias. */
  private double value(int parameter, int text, int label) {
    if (parameter < parts.length) {
      return parts[parameter][text][label];
    }
    return parameter - parts.length == label ? 1 : 0;
  }

  private static double logSum(double[] scores) {
    double largest = Arrays.stream(scores).max().orElseThrow();
    return largest + Math.log(Arrays.stream(scores).map(s -> Math.exp(s - largest)).sum());
  }

  /** Newton's step: the inverse of the second derivatives times the first ones. */
  private double[] step(double[] point) {
    double[] gradient = new double[parameters];
    double[][] hessian = new double[parameters][parameters];
    for (int i = 0; i < parameters; i++) {
      gradient[i] = PRIOR * (point[i] - start[i]);
      hessian[i][i] = PRIOR;
    }
    for (int text = 0; text < truth.length; text++) {
      add(point, text, gradient, hessian);
    }
    return solved(hessian, gradient);
  }

  private void add(double[] point, int text, double[] gradient, double[][] hessian) {
    double[] scores = scores(point, text);
    double sum = logSum(scores);
    double[] mean = new double[parameters];
    double[][] products = new double[parameters][parameters];
    for (int label = 0; label < labels; label++) {
      double probability = Math.exp(scores[label] - sum);
      for (int i = 0; i < parameters; i++) {
        double value = value(i, text, label);
        mean[i] += probability * value;
        for (int j = 0; j <= i; j++) {
          products[i][j] += probability * value * value(j, text, label);
        }
      }
    }
    for (int i = 0; i < parameters; i++) {
      gradient[i] += textWeights[text] * (mean[i] - value(i, text, truth[text]));
      for (int j = 0; j <= i; j++) {
        double second = textWeights[text] * (products[i][j] - mean[i] * mean[j]);
        hessian[i][j] += second;
        hessian[j][i] = hessian[i][j];
      }
    }
  }

  /** Solves by Gaussian elimination; the prior keeps the matrix positive definite. */
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int pivot = 0; pivot < size; pivot++) {
      for (int row = pivot + 1; row < size; row++) {
        double factor = matrix[row][pivot] / matrix[pivot][pivot];
        for (int column = pivot; column < size; column++) {
          matrix[row][column] -= factor * matrix[pivot][column];
        }
        right[row] -= factor * right[pivot];
      }
    }
    double[] solution = new double[size];
    for (int row = size - 1; row >= 0; row--) {
      double value = right[row];
      for (int column = row + 1; column < size; column++) {
        value -= matrix[row][column] * solution[column];
      }
      solution[row] = value / matrix[row][row];
    }
    return solution;
  }
}
