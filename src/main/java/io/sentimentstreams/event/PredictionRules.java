package io.sentimentstreams.event;

import io.sentimentstreams.model.InferenceException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;

/**
 * Which predictions of one model can be written.
 *
 * @param labels in the order of the predictions' probabilities
 */
public record PredictionRules(Labels labels) {
  /** How far a probability may be outside of 0 to 1 by rounding. */
  private static final float TOLERANCE = 1e-4f;

  /**
   * Checks that a prediction can be written.
   *
   * @throws InferenceException where the label is unknown, a probability is missing, or is no
   *     number from 0 to 1
   */
  public void require(Prediction prediction) {
    float[] probabilities = prediction.probabilities();
    if (probabilities.length != labels.size() || prediction.label() >= labels.size()) {
      throw new InferenceException(
          "label %d, %d probabilities for %d labels"
              .formatted(prediction.label(), probabilities.length, labels.size()));
    }
    requireShare("score", prediction.score());
    for (int i = 0; i < probabilities.length; i++) {
      requireShare(labels.name(i), probabilities[i]);
    }
  }

  private static void requireShare(String what, float share) {
    if (!(share >= -TOLERANCE && share <= 1 + TOLERANCE)) {
      throw new InferenceException(
          "the probability of %s is %s, but must be from 0 to 1".formatted(what, share));
    }
  }

  /** A probability without what rounding has put outside of 0 to 1. */
  public static float bounded(float share) {
    return Math.min(1, Math.max(0, share));
  }
}
