package io.sentimentstreams.text;

/** What fills up a text that is shorter than the model's limit. */
public enum Padding {
  /** Nothing: each text keeps its own length. */
  NONE,
  /** Padding ids in front, up to the limit, as Keras' {@code pad_sequences} does. */
  FRONT,
  /** Padding ids at the end, up to the limit. */
  BACK
}
