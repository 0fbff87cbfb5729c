package io.sentimentstreams.text;

/**
 * Emoji and their sequences, after Unicode Technical Standard 51. Skin tones and variation
 * selectors are left out of a sequence's normalised form; all else of it is kept whole.
 */
final class Emoji {
  static final int KEYCAP = 0x20E3;

  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;

  private Emoji() {}

  /** Whether a sequence can start with this code point; keycaps start with a digit, # or *. */
  static boolean isStart(int c) {
    if (c < 0x2190) {
      return false;
    }
    return c < 0x1F000 ? isBasic(c) : c <= 0x1FAFF && !isSkinTone(c);
  }

  /** The pictographs of the Basic Multilingual Plane, apart from (c), (r), tm and the like. */
  private static boolean isBasic(int c) {
    return (c >= 0x2600 && c <= 0x27BF)
        || (c >= 0x231A && c <= 0x231B)
        || (c >= 0x23E9 && c <= 0x23FA)
        || (c >= 0x2B1B && c <= 0x2B1C)
        || c == 0x2B50
        || c == 0x2B55
        || c == 0x3030
        || c == 0x303D
        || c == 0x3297
        || c == 0x3299;
  }

  private static boolean isSkinTone(int c) {
    return c >= 0x1F3FB && c <= 0x1F3FF;
  }

  private static boolean isRegion(int c) {
    return c >= 0x1F1E6 && c <= 0x1F1FF;
  }

  private static boolean isTag(int c) {
    return c >= 0xE0020 && c <= 0xE007F;
  }

  /**
   * Appends the normalised form of a sequence, as far as a token's length allows.
   *
   * @param c its first code point
   * @param behind the offset behind that
   * @return the offset behind the sequence
   */
  static int append(SourceText source, int c, int behind, TokenBuffer buffer) {
    buffer.append(c);
    if (isRegion(c)) {
      return appendSecondRegion(source, behind, buffer);
    }
    int end = appendModifiers(source, behind, buffer);
    while (source.raw(end) == ZERO_WIDTH_JOINER && isJoined(source.raw(end + 1))) {
      int joined = source.raw(end + 1);
      buffer.append(ZERO_WIDTH_JOINER);
      buffer.append(joined);
      end = appendModifiers(source, end + 1 + Character.charCount(joined), buffer);
    }
    return end;
  }

  private static boolean isJoined(int c) {
    return isStart(c) || c == 0x2194 || c == 0x2195;
  }

  private static int appendSecondRegion(SourceText source, int offset, TokenBuffer buffer) {
    int c = source.raw(offset);
    if (!isRegion(c)) {
      return offset;
    }
    buffer.append(c);
    return offset + Character.charCount(c);
  }

  /** Passes over tones and selectors, and takes in tags, of which the flag of Wales is made. */
  private static int appendModifiers(SourceText source, int offset, TokenBuffer buffer) {
    int end = offset;
    for (int c = source.raw(end); isModifier(c); c = source.raw(end)) {
      if (isTag(c)) {
        buffer.append(c);
      }
      end += Character.charCount(c);
    }
    return end;
  }

  private static boolean isModifier(int c) {
    return c == EMOJI_STYLE || isSkinTone(c) || isTag(c);
  }
}
