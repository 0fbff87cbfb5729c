package io.sentimentstreams.model;

/** How a training step follows from a gradient; constants besides the learning rate as in Keras. */
public enum Optimizer {
  /** Kingma and Ba 2015. */
  ADAM,
  /** Tieleman and Hinton 2012. */
  RMSPROP
}
