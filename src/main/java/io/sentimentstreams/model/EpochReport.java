package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;

/**
 * How an epoch of a training ended.
 *
 * @param epoch from 1
 * @param trainingLoss mean over the epoch, regularisation included
 * @param trainingAccuracy share of the texts that the network labelled right, as it was when it met
 *     them
 * @param validationLoss mean cross-entropy of the validation texts, weighted as in training
 * @param validationAccuracy share of the validation texts labelled right
 * @param validationMacroRecall mean of the labels' recall on the validation texts
 * @param validationMacroF1 mean of the labels' F1 on the validation texts
 * @param seconds of the epoch, evaluation included
 * @param best whether it is the best epoch so far
 */
public record EpochReport(
    int epoch,
    double trainingLoss,
    double trainingAccuracy,
    double validationLoss,
    double validationAccuracy,
    double validationMacroRecall,
    double validationMacroF1,
    double seconds,
    boolean best) {
  public EpochReport {
    Checks.atLeast("epochs: epoch", epoch, 1);
    requireFinite("trainingLoss", trainingLoss);
    Checks.share("epochs: trainingAccuracy", trainingAccuracy);
    requireFinite("validationLoss", validationLoss);
    Checks.share("epochs: validationAccuracy", validationAccuracy);
    Checks.share("epochs: validationMacroRecall", validationMacroRecall);
    Checks.share("epochs: validationMacroF1", validationMacroF1);
    requireFinite("seconds", seconds);
  }

  private static void requireFinite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidInputException(
          "epochs: %s is %s, but must be a finite number".formatted(field, value));
    }
  }
}
