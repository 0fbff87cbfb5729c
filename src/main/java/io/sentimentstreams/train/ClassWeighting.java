package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.Labels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much each class counts in the loss: in inverse proportion to a power of its count, or as
 * given.
 *
 * @param exponent of the weights that balance the classes: 0 weighs them alike, 1 balances them;
 *     means nothing where weights are given
 * @param given weight by label, 1 for labels that are not named; empty for weights by the exponent
 */
public record ClassWeighting(double exponent, Map<String, Double> given) {
  public ClassWeighting {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    given.forEach(ClassWeighting::requireWeight);
  }

  /** By a power of the balancing weights. */
  static ClassWeighting byCount(double exponent) {
    return new ClassWeighting(exponent, Map.of());
  }

  private static void requireWeight(String label, double weight) {
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw new InvalidInputException(
          "class_weights: the weight of %s is %s, but must be above 0".formatted(label, weight));
    }
  }

  /**
   * The weight of each label.
   *
   * @throws InvalidInputException where a weight is given for a label that there is not
   */
  List<Double> of(List<Example> examples, Labels labels) {
    if (given.isEmpty()) {
      return byCount(examples, labels.size());
    }
    for (String label : given.keySet()) {
      if (labels.indexOf(label) < 0) {
        throw new InvalidInputException(
            "class_weights: names the label %s, but the data has only %s: weigh one of these"
                .formatted(label, String.join(", ", labels.names())));
      }
    }
    return labels.names().stream().map(label -> given.getOrDefault(label, 1.0)).toList();
  }

  /**
   * {@code (rows / (labels * count)) ^ exponent} for each label, scaled so that the mean over the
   * examples is 1. A label without examples weighs 1.
   */
  private List<Double> byCount(List<Example> examples, int labels) {
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

  /**
   * {@code none}, {@code balanced}, {@code by count} or the weights as the command line has them.
   */
  @Override
  public String toString() {
    if (!given.isEmpty()) {
      List<String> parts = new ArrayList<>();
      given.forEach((label, weight) -> parts.add(label + "=" + weight));
      return String.join(",", parts);
    }
    if (exponent == 0) {
      return "none";
    }
    return exponent == 1 ? "balanced" : "by count";
  }
}
