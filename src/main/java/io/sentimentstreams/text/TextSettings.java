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
 */
public record TextSettings(
    TokenizerKind tokenizer,
    int vocabularySize,
    int minimumCount,
    int maximumTokens,
    Truncation truncation) {
  public TextSettings {
    requireAtLeast("vocabularySize", vocabularySize, 3);
    requireAtLeast("minimumCount", minimumCount, 1);
    requireAtLeast("maximumTokens", maximumTokens, 1);
  }

  private static void requireAtLeast(String field, int value, int least) {
    if (value < least) {
      throw new InvalidInputException(
          "text settings: %s is %d, but must be at least %d".formatted(field, value, least));
    }
  }
}
