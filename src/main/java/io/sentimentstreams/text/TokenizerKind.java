package io.sentimentstreams.text;

/**
 * Which {@link Tokenizer} a model reads its texts with; a manifest names it in lower case.
 *
 * <p>{@link #SOCIAL} and {@link #PROSE} have in common:
 *
 * <ul>
 *   <li>Words are lower-case, in Unicode normal form KC; those of Chinese, Hiragana, Thai, Lao,
 *       Khmer and Myanmar are single letters. Hyphens part words. Asterisks that hide letters stay
 *       ({@code f**k}).
 *   <li>Contractions are parted and completed: {@code don't}, {@code dont} and {@code don`t} are
 *       {@code do n't}, {@code can't} is {@code can n't}, {@code it's} is {@code it 's}.
 *   <li>A letter is repeated at most once and a pair of letters at most once; {@code <elong>}
 *       follows what was longer: {@code soooo} is {@code soo <elong>}. It also follows repeated
 *       emoji, which become one, and drawn-out emoticons.
 *   <li>Emoticons become one of their forms, {@code :-)} and {@code =)} both {@code :)}. An emoji
 *       sequence is one token, without skin tones.
 *   <li>Runs of marks are one of {@code !}, {@code !!}, {@code ?}, {@code ??}, {@code ?!} and
 *       {@code ...}; quotes, colons and semicolons are tokens; an ampersand is {@code and}, any
 *       currency {@code $}. All other punctuation is left out, a single full stop too.
 *   <li>{@code <url>}, {@code <user>} and {@code <number>} stand for addresses, @names and numbers.
 *   <li>HTML tags are spaces and HTML entities the characters they name, also if escaped twice.
 * </ul>
 */
public enum TokenizerKind {
  /**
   * For tweets and other short messages. A hashtag is {@code #} and its words, parted at capitals:
   * {@code #WorstFlight} is {@code # worst flight}. A word of three capitals or more is followed by
   * {@code <allcaps>}. Numbers of one digit are kept.
   */
  SOCIAL,
  /**
   * For reviews and other prose. Numbers of one or two digits are kept, and so are ratings, because
   * they tell the label: {@code 7.5/10}, {@code 8/10}, two to five stars.
   */
  PROSE,
  /**
   * What stands between white space, in lower case and without the 32 signs of ASCII punctuation,
   * the apostrophe among them, as Keras' TextVectorization does it unless told otherwise ({@code
   * lower_and_strip_punctuation}, then a split at white space): {@code Don't} is {@code dont},
   * {@code well-made} is {@code wellmade}, {@code <br />} is {@code br}. Other than there, letters
   * outside ASCII become lower-case too, white space of any kind parts words, and control
   * characters are left out.
   */
  WORDS
}
