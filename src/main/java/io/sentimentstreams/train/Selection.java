package io.sentimentstreams.train;

/** By which measure on the validation texts the best epoch is chosen. */
public enum Selection {
  /** The lowest mean cross-entropy, weighted as in training. */
  LOSS,
  /** The highest share of right labels. */
  ACCURACY,
  /** The highest mean of the labels' F1. */
  MACRO_F1,
  /** The highest mean of the labels' recall, which does not care how often each label occurs. */
  MACRO_RECALL
}
