package io.sentimentstreams.model;

/** What the values of an embedding are before training, where no vectors are given. */
public enum EmbeddingStart {
  /** Uniform from -0.05 to 0.05, as in Keras. */
  UNIFORM,
  /** Gaussian with a standard deviation of 0.1. */
  NORMAL
}
