package io.sentimentstreams.train;

/** How the learning rate falls over a training. */
public enum Decay {
  /** In a straight line to a share of its peak at the last planned step. */
  LINEAR,
  /** Along half a cosine to a share of its peak at the last planned step. */
  COSINE,
  /** By a factor over each epoch, a little at each step. */
  EXPONENTIAL,
  /** By a factor at once after every so many epochs. */
  STEP,
  /** By a factor at once after so many epochs without a better one. */
  PLATEAU,
  /** Not at all. */
  NONE
}
