package io.sentimentstreams.text;

/** Which tokens of a text that is longer than the model's limit are kept. */
public enum Truncation {
  /** The first ones. */
  KEEP_HEAD,
  /** The last ones. */
  KEEP_TAIL,
  /** A quarter of the limit from the start, the rest from the end: reviews conclude at the end. */
  KEEP_BOTH_ENDS
}
