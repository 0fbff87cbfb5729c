package io.sentimentstreams.text;

import io.sentimentstreams.InvalidInputException;

/**
 * How a model turns text into token ids. Part of the model's manifest, so that training and serving
 * cannot differ.
 *
 * @param tokenizer the tokenizer
 * @param vocabularySize most token ids at all, padding and unknown included
 * @param minimumCount training texts that a token must occur in to get an id of its own
 * @param maximumTokens most tokens of a text that the network sees
 * @param truncation which tokens of a longer text those are
 * @param padding whether a shorter text is filled up to {@code maximumTokens}
 */
public record TextSettings(
    TokenizerKind tokenizer,
    int vocabularySize,
    int minimumCount,
    int maximumTokens,
    Truncation truncation,
    Padding padding) {
  /** Ids reach a network as floats, which hold no larger integer exactly. */
  public static final int MAXIMUM_VOCABULARY = 1 << 24;

  /** What keeps the memory for one text within bounds. */
  public static final int MAXIMUM_TOKENS = 1 << 14;

  public TextSettings {
    requireRange("vocabularySize", vocabularySize, 3, MAXIMUM_VOCABULARY);
    requireRange("minimumCount", minimumCount, 1, Integer.MAX_VALUE);
    requireRange("maximumTokens", maximumTokens, 1, MAXIMUM_TOKENS);
  }

  /** Settings for texts that keep their own lengths. */
  public TextSettings(
      TokenizerKind tokenizer,
      int vocabularySize,
      int minimumCount,
      int maximumTokens,
      Truncation truncation) {
    this(tokenizer, vocabularySize, minimumCount, maximumTokens, truncation, Padding.NONE);
  }

  private static void requireRange(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidInputException(
          "text settings: %s is %d, but must be from %d to %d"
              .formatted(field, value, least, most));
    }
  }
}
