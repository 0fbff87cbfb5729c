package io.sentimentstreams.model;

/** What a layer applies to each of its sums; a network's file names it in lower case. */
public enum LayerActivation {
  /** Nothing. */
  LINEAR,
  RELU,
  TANH,
  SIGMOID,
  /** Over all outputs; for the last layer only. */
  SOFTMAX
}
