package io.sentimentstreams.text;

/** Which {@link Tokenizer} a model reads its texts with; a manifest names it in lower case. */
public enum TokenizerKind {
  /**
   * For tweets and other short messages: keeps emoticons, emoji, hashtags, runs of {@code !} and
   * {@code ?}, elongation and negation; URLs, @names and numbers become one token each.
   */
  SOCIAL,
  /** For reviews and other prose: words, contractions split at the apostrophe, punctuation kept. */
  PROSE
}
