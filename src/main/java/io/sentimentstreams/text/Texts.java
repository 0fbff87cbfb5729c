package io.sentimentstreams.text;

/** Forms of whole texts. */
public final class Texts {
  private static final Tokenizer WORDS =
      new ScanningTokenizer(new ScannerRules(false, false, NumberRule.ALL, ""));
  private static final String RETWEET = "rt " + Scanner.USER;

  private Texts() {}

  /**
   * A form in which texts that say the same are equal, to find duplicates across data splits.
   *
   * <p>Letters are lower-case, white space is collapsed, an address is {@code <url>} and an @name
   * {@code <user>}. Punctuation, hash signs, emphasis, repetitions of letters and emoji, HTML tags
   * and a leading {@code RT @name:} are left out; words, numbers, emoticons and emoji stay. A text
   * without any of those is the empty string.
   */
  public static String normalised(String text) {
    StringBuilder result = new StringBuilder(text.length());
    WORDS.tokenize(
        text,
        (token, start, end) -> {
          if (counts(token)) {
            result.append(result.isEmpty() ? "" : " ").append(token);
          }
        });
    return withoutRetweets(result);
  }

  private static boolean counts(CharSequence token) {
    return switch (token.charAt(0)) {
      case '!', '?', '.' -> false;
      default -> !Emitter.ELONGATED.contentEquals(token);
    };
  }

  private static String withoutRetweets(StringBuilder words) {
    int start = 0;
    while (words.indexOf(RETWEET, start) == start) {
      start = Math.min(words.length(), start + RETWEET.length() + 1);
    }
    return words.substring(start);
  }
}
