package io.sentimentstreams.text;

import java.text.Normalizer;

/**
 * The token that is being put together: lower-case, at most {@link Tokenizer#MAXIMUM_CODE_POINTS}
 * long; what comes after that is dropped. Repetitions are shortened: a letter to two, a pair of
 * letters to two pairs ("soooo" to "soo", "hahahaha" to "haha").
 */
final class TokenBuffer {
  private final StringBuilder chars = new StringBuilder(2 * Tokenizer.MAXIMUM_CODE_POINTS);
  private int codePoints;
  private boolean full;
  private boolean stretched;
  private boolean ascii;

  void clear() {
    chars.setLength(0);
    codePoints = 0;
    full = false;
    stretched = false;
    ascii = true;
  }

  void append(int c) {
    if (codePoints == Tokenizer.MAXIMUM_CODE_POINTS) {
      full = true;
      return;
    }
    chars.appendCodePoint(c);
    codePoints++;
    ascii &= c < 0x80;
  }

  /** Appends a letter of a word, and shortens the repetition that it may be part of. */
  void appendLetter(int c) {
    append(c);
    int length = chars.length();
    if (length >= 3 && sameAsBefore(length, 1, 2)) {
      shorten(1);
    } else if (length >= 6 && sameAsBefore(length, 2, 4)) {
      shorten(2);
    }
  }

  /** Whether the last {@code count} chars repeat at a distance of {@code period}. */
  private boolean sameAsBefore(int length, int period, int count) {
    for (int i = length - count; i < length; i++) {
      if (chars.charAt(i) != chars.charAt(i - period)) {
        return false;
      }
    }
    return true;
  }

  private void shorten(int count) {
    int length = chars.length();
    codePoints -= Character.codePointCount(chars, length - count, length);
    chars.setLength(length - count);
    stretched = true;
  }

  /** Appends what was shortened wrongly. */
  void restore(int c) {
    append(c);
    stretched = false;
  }

  /** Takes the last char back, unless the token was cut before it. */
  void dropLast() {
    if (!full) {
      chars.setLength(chars.length() - 1);
      codePoints--;
    }
  }

  void set(String token) {
    chars.setLength(0);
    chars.append(token);
    codePoints = token.length();
  }

  boolean isEmpty() {
    return chars.isEmpty();
  }

  int length() {
    return chars.length();
  }

  int codePoints() {
    return codePoints;
  }

  char charAt(int index) {
    return chars.charAt(index);
  }

  boolean isStretched() {
    return stretched;
  }

  boolean contentEquals(String token) {
    return token.contentEquals(chars);
  }

  /** Whether the content is the same as another buffer's. */
  boolean contentEquals(TokenBuffer other) {
    return chars.compareTo(other.chars) == 0;
  }

  /** The token as it is. */
  CharSequence raw() {
    return chars;
  }

  /** The token in normal form KC, lower-case once more, since the form may bring capitals. */
  CharSequence normalised() {
    if (!ascii && !Normalizer.isNormalized(chars, Normalizer.Form.NFKC)) {
      String composed = Normalizer.normalize(chars, Normalizer.Form.NFKC);
      boolean wasStretched = stretched;
      clear();
      stretched = wasStretched;
      composed
          .codePoints()
          .map(Characters::fold)
          .filter(c -> c != ' ' && c != Characters.IGNORED)
          .forEach(c -> append(Characters.lower(c)));
    }
    return chars;
  }
}
