package io.sentimentstreams.train;

import io.sentimentstreams.model.EpochReport;

/** Told of a training's progress, on the training thread. */
public interface TrainingListener {
  /** Pre-trained vectors have been read, before the first batch. */
  default void vectorsRead(VectorCoverage coverage) {}

  /**
   * Training goes on from a checkpoint; told once, before anything else.
   *
   * @param epoch that it goes on in, one more than planned at its end
   * @param batch of the epoch that was the last one done, 0 for none
   */
  default void resumed(int epoch, int batch) {}

  /** The n-grams' part of the model is trained now, before the network. */
  default void ngramsBegun() {}

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
}
