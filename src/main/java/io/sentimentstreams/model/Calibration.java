package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Collections;
import java.util.List;

/**
 * Makes scores of the network's probabilities {@code p}, so that one of 0.9 is right nine times in
 * ten: {@code softmax(log(p) / temperature + bias)}, with the n-grams' scores added before the
 * softmax where a model has them (Guo et al. 2017, On Calibration of Modern Neural Networks;
 * Alexandari et al. 2020 for the bias).
 *
 * @param temperature above 1 for a network that is too sure of itself
 * @param bias a value a label, or none for zeros
 */
public record Calibration(double temperature, List<Double> bias) {
  /** The network's probabilities as they are. */
  public static final Calibration NONE = new Calibration(1, List.of());

  private static final double SMALLEST_PROBABILITY = 1e-30;

  public Calibration {
    if (!(temperature > 0 && Double.isFinite(temperature))) {
      throw new InvalidInputException(
          "calibration: temperature is %s, but must be above 0".formatted(temperature));
    }
    bias = List.copyOf(bias);
    for (double value : bias) {
      if (!Double.isFinite(value)) {
        throw new InvalidInputException(
            "calibration: bias holds %s, but must hold numbers".formatted(value));
      }
    }
  }

  /**
   * Checks that there is a bias for each label, or none at all.
   *
   * @throws InvalidInputException where there is not
   */
  void requireLabels(int labels) {
    if (!bias.isEmpty() && bias.size() != labels) {
      throw new InvalidInputException(
          "calibration: bias holds %d values, but there are %d labels"
              .formatted(bias.size(), labels));
    }
  }

  /** A probability's logarithm, finite even where a float has rounded the probability to 0. */
  public static double logarithm(float probability) {
    return Math.log(Math.max(SMALLEST_PROBABILITY, probability));
  }

  /** The bias, {@code [labels]}. */
  double[] biases(int labels) {
    return (bias.isEmpty() ? Collections.nCopies(labels, 0.0) : bias)
        .stream().mapToDouble(Double::doubleValue).toArray();
  }
}
