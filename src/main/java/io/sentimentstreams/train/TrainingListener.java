package io.sentimentstreams.train;

/** Told of a training's progress, on the training thread. */
public interface TrainingListener {

  /** A training step is done. */
  default void batchDone(BatchReport report) {}

  /** An epoch is done and its model evaluated. */
  default void epochDone(EpochReport report) {}

  /**
   * How training stands within an epoch.
   *
   * @param epoch from 1
   * @param epochs planned at most
   * @param batch from 1
   * @param batches of the epoch
   * @param loss mean over the epoch so far, regularisation included
   * @param accuracy share of the epoch's texts so far that the network labelled right, as it was
   *     when it met them
   */
  record BatchReport(int epoch, int epochs, int batch, int batches, double loss, double accuracy) {}

  /**
   * How an epoch ended.
   *
   * @param epoch from 1
   * @param trainingLoss mean over the epoch, regularisation included
   * @param trainingAccuracy share of the texts that the network labelled right, as it was when it
   *     met them
   * @param validationLoss mean cross-entropy of the validation texts, weighted as in training
   * @param validationAccuracy share of the validation texts labelled right
   * @param validationMacroRecall mean of the labels' recall on the validation texts
   * @param validationMacroF1 mean of the labels' F1 on the validation texts
   * @param seconds of the epoch, evaluation included
   * @param best whether it is the best epoch so far
   */
  record EpochReport(
      int epoch,
      double trainingLoss,
      double trainingAccuracy,
      double validationLoss,
      double validationAccuracy,
      double validationMacroRecall,
      double validationMacroF1,
      double seconds,
      boolean best) {}
}
