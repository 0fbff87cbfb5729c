package io.sentimentstreams.train;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A linear classifier of features that a text has, once or more often: logistic regression on their
 * counts, each weighted by its naive Bayes log-count ratio (Wang and Manning 2012, Baselines and
 * Bigrams), a class against the others, by LIBLINEAR.
 */
final class FeatureClassifier {
  /** Inverse strength of the L2 regulariser. */
  private static final double C = 0.1;

  private static final double STOPPING_TOLERANCE = 0.01;

  private final double[][] weights; // [label][feature], the intercept behind them

  private FeatureClassifier(double[][] weights) {
    this.weights = weights;
  }

  /**
   * Trains.
   *
   * @param truth {@code [row]}, indices of the true labels
   * @param rows {@code [row][i]}, the features that the row has, ascending, each as often as it has
   *     it
   * @param features how many there are
   * @param progress given how many labels are done, each time it grows
   */
  static FeatureClassifier fit(
      int labels, int[] truth, int[][] rows, int features, IntConsumer progress) {
    double[][] weights = new double[labels][];
    for (int label = 0; label < labels; label++) {
      if (labels == 2 && label == 1) {
        // Ratios and classes change their signs, so that the solution is the first label's.
        weights[label] = Arrays.stream(weights[0]).map(weight -> -weight).toArray();
      } else {
        double[] ratios = ratios(label, truth, rows, features);
        weights[label] = weights(fit(label, truth, rows, ratios), ratios);
      }
      progress.accept(label + 1);
    }
    return new FeatureClassifier(weights);
  }

  /** The logarithm of how much more often a feature's texts have the label than the others. */
  private static double[] ratios(int label, int[] truth, int[][] rows, int size) {
    double[] with = new double[size];
    double[] without = new double[size];
    Arrays.fill(with, 1);
    Arrays.fill(without, 1);
    for (int row = 0; row < rows.length; row++) {
      double[] counts = truth[row] == label ? with : without;
      int[] features = rows[row];
      for (int i = 0; i < features.length; i++) {
        if (i == 0 || features[i] != features[i - 1]) {
          counts[features[i]]++;
        }
      }
    }
    double scale = Math.log(Arrays.stream(without).sum() / Arrays.stream(with).sum());
    double[] ratios = new double[size];
    Arrays.setAll(ratios, i -> Math.log(with[i] / without[i]) + scale);
    return ratios;
  }

  private static Model fit(int label, int[] truth, int[][] rows, double[] ratios) {
    Problem problem = new Problem();
    problem.l = rows.length;
    problem.n = ratios.length + 1;
    problem.bias = 1;
    problem.x = Arrays.stream(rows).map(row -> features(row, ratios)).toArray(Feature[][]::new);
    problem.y = Arrays.stream(truth).mapToDouble(t -> t == label ? 1 : -1).toArray();
    Parameter parameter = new Parameter(SolverType.L2R_LR, C, STOPPING_TOLERANCE);
    Linear.disableDebugOutput();
    return Linear.train(problem, parameter);
  }

  /** LIBLINEAR counts from 1; the last feature, always 1, is the intercept's. */
  private static Feature[] features(int[] numbers, double[] ratios) {
    List<Feature> features = new ArrayList<>(numbers.length + 1);
    int from = 0;
    for (int i = 1; i <= numbers.length; i++) {
      if (i == numbers.length || numbers[i] != numbers[from]) {
        features.add(new FeatureNode(numbers[from] + 1, (i - from) * ratios[numbers[from]]));
        from = i;
      }
    }
    features.add(new FeatureNode(ratios.length + 1, 1));
    return features.toArray(Feature[]::new);
  }

  /** What each feature adds: LIBLINEAR's weight, which is for the first label it met, and ratio. */
  private static double[] weights(Model model, double[] ratios) {
    double sign = model.getLabels()[0] == 1 ? 1 : -1;
    double[] own = model.getFeatureWeights(); // a copy
    double[] weights = new double[ratios.length + 1];
    Arrays.setAll(weights, i -> sign * own[i] * (i < ratios.length ? ratios[i] : 1));
    return weights;
  }

  /** What a feature adds to a label's score. */
  double weight(int label, int feature) {
    return weights[label][feature];
  }

  /**
   * The score of each label, above 0 where it is likelier than not.
   *
   * @param features that the row has, each as often as it has it
   */
  double[] scores(int[] features) {
    double[] scores = new double[weights.length];
    for (int label = 0; label < scores.length; label++) {
      double[] own = weights[label];
      scores[label] = own[own.length - 1];
      for (int feature : features) {
        scores[label] += own[feature];
      }
    }
    return scores;
  }

  /** The index of the label with the highest score; the first wins a tie. */
  int predict(int[] features) {
    return best(scores(features));
  }

  /** The index of the highest score; the first wins a tie. */
  static int best(double[] scores) {
    int best = 0;
    for (int label = 1; label < scores.length; label++) {
      if (scores[label] > scores[best]) {
        best = label;
      }
    }
    return best;
  }
}
