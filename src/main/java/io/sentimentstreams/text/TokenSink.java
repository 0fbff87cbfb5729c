package io.sentimentstreams.text;

/** Takes the tokens of a text, one call a token. */
@FunctionalInterface
public interface TokenSink {
  /**
   * Takes one token.
   *
   * @param normalised the token as the vocabulary knows it: without white space, never empty, at
   *     most {@value Tokenizer#MAXIMUM_CODE_POINTS} code points; only valid during the call
   * @param start offset of its source's first char in the text
   * @param end offset behind its source's last char, greater than {@code start}
   */
  void token(CharSequence normalised, int start, int end);
}
