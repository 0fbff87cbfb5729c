package io.sentimentstreams.text;

/**
 * Cuts a text into tokens. Implementations hold no state and are safe for use by several threads.
 *
 * <p>Tokens come in the order of the text and do not overlap: {@code text.subSequence(start, end)}
 * is the source of the token, and neither end lies inside a code point. Only a marker ({@code
 * <elong>}, {@code <allcaps>}) stands for no text of its own: it follows the token that it says
 * something of and repeats that token's range. The time is linear in the length of the text,
 * whatever the text is; a text may hold anything, unpaired surrogates too.
 */
public interface Tokenizer {
  /** Most code points of a token; of a longer word the token is the start, its range the whole. */
  int MAXIMUM_CODE_POINTS = 64;

  /** The tokenizer of a kind. */
  static Tokenizer of(TokenizerKind kind) {
    return switch (kind) {
      case SOCIAL -> ScanningTokenizer.SOCIAL;
      case PROSE -> ScanningTokenizer.PROSE;
      case WORDS -> WhiteSpaceTokenizer.WORDS;
    };
  }

  /** Gives each token of {@code text} to {@code sink}. */
  void tokenize(CharSequence text, TokenSink sink);
}
