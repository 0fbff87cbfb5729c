package io.sentimentstreams.train;

/** How the learning rate changes over a training. */
public enum Decay {
  /** It rises over the first twentieth of the steps, then falls linearly to a fiftieth. */
  LINEAR,
  /** Not at all. */
  NONE
}
