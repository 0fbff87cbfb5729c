package io.sentimentstreams.text;

/** The tokenizer of {@link TokenizerKind#WORDS}. */
final class WhiteSpaceTokenizer implements Tokenizer {
  static final Tokenizer WORDS = new WhiteSpaceTokenizer();

  private static final int SPACE = ' ';

  private WhiteSpaceTokenizer() {}

  @Override
  public void tokenize(CharSequence text, TokenSink sink) {
    TokenBuffer word = new TokenBuffer();
    word.clear();
    int start = 0;
    int end = 0;
    for (int at = 0; at < text.length(); ) {
      int c = Character.codePointAt(text, at);
      int next = at + Character.charCount(c);
      if (isSpace(c)) {
        if (!word.isEmpty()) {
          sink.token(word.raw(), start, end);
          word.clear();
        }
      } else if (!isLeftOut(c)) {
        start = word.isEmpty() ? at : start;
        end = next;
        word.append(Characters.lower(c));
      }
      at = next;
    }
    if (!word.isEmpty()) {
      sink.token(word.raw(), start, end);
    }
  }

  /** An unpaired surrogate has no form in UTF-8, so it can be part of no token. */
  private static boolean isSpace(int c) {
    return c == SPACE
        || (c < 0x80 ? Character.isWhitespace(c) : Characters.isSpace(c))
        || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }

  private static boolean isLeftOut(int c) {
    return c < 0x80 ? isPunctuation(c) || c < SPACE || c == 0x7F : Character.isISOControl(c);
  }

  /** The 32 signs of {@code DEFAULT_STRIP_REGEX} in Keras' source. */
  private static boolean isPunctuation(int c) {
    return (c >= '!' && c <= '/')
        || (c >= ':' && c <= '@')
        || (c >= '[' && c <= '`')
        || (c >= '{' && c <= '~');
  }
}
