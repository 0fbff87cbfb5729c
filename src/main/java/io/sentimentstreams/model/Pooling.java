package io.sentimentstreams.model;

/** How the features of a text's tokens, {@code [time, features]}, become those of the text. */
public enum Pooling {
  /** Each feature's largest value over the text: {@code [features]}. */
  MAX,
  /** Each feature's largest value and its mean over the text: {@code [2 * features]}. */
  MAX_AND_MEAN
}
