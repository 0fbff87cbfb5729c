package io.sentimentstreams.text;

/** What a code point is to the scanner. */
final class Characters {
  /** What {@link #fold} makes of a code point that leaves no trace, not even a word's end. */
  static final int IGNORED = -2;

  private static final int FULL_WIDTH_FIRST = 0xFF01;
  private static final int FULL_WIDTH_LAST = 0xFF5E;
  private static final int FULL_WIDTH_OFFSET = 0xFEE0;

  private static final int MARKS =
      1 << Character.NON_SPACING_MARK
          | 1 << Character.COMBINING_SPACING_MARK
          | 1 << Character.ENCLOSING_MARK;

  private Characters() {}

  /** White space and line ends of every kind, U+0085 and U+2028 included. */
  static boolean isSpace(int c) {
    return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(int c) {
    return c < 0x80 ? isAsciiLetter(c) : Character.isLetter(c);
  }

  static boolean isLetterOrDigit(int c) {
    return isDigit(c) || isLetter(c);
  }

  static boolean isAsciiLetter(int c) {
    int lower = c | 0x20;
    return c < 0x80 && lower >= 'a' && lower <= 'z';
  }

  static boolean isMark(int c) {
    return c >= 0x300 && (MARKS >>> Character.getType(c) & 1) != 0;
  }

  static int lower(int c) {
    return c < 0x80 ? (c >= 'A' && c <= 'Z' ? c | 0x20 : c) : Character.toLowerCase(c);
  }

  static boolean isUpper(int c) {
    return c < 0x80 ? c >= 'A' && c <= 'Z' : Character.isUpperCase(c);
  }

  /** Letters of scripts that put no space between words: each is a token of its own. */
  static boolean standsAlone(int c) {
    if (c < 0xE00) {
      return false;
    }
    return c <= 0xEFF // Thai, Lao
        || (c >= 0x1000 && c <= 0x109F) // Myanmar
        || (c >= 0x1780 && c <= 0x17FF) // Khmer
        || (c >= 0x3005 && c <= 0x3007)
        || (c >= 0x3041 && c <= 0x309F) // Hiragana
        || isIdeograph(c);
  }

  private static boolean isIdeograph(int c) {
    return (c >= 0x3400 && c <= 0x9FFF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x3FFFF);
  }

  /**
   * One code point for all that mean the same here: any space becomes a space, curly quotes
   * straight, dashes a hyphen, full-width forms ASCII, digits of any script ASCII digits. An
   * unpaired surrogate is a space; control and format characters are {@link #IGNORED}.
   */
  static int fold(int c) {
    if (c < 0x80) {
      return foldAscii(c);
    }
    if (c < 0xA0) {
      return foldControl(c);
    }
    if (c < 0x2000) {
      return foldByType(c);
    }
    if (c >= FULL_WIDTH_FIRST && c <= FULL_WIDTH_LAST) {
      return foldAscii(c - FULL_WIDTH_OFFSET);
    }
    return c < 0x3100 ? foldPunctuation(c) : foldByType(c);
  }

  private static int foldAscii(int c) {
    if (c > ' ' && c < 0x7F) {
      return c == '`' ? '\'' : c;
    }
    return isSpace(c) ? ' ' : IGNORED;
  }

  /** C1 controls are bytes of Windows-1252 that somebody read as Latin-1. */
  private static int foldControl(int c) {
    return switch (c) {
      case 0x85 -> ' ';
      case 0x91, 0x92 -> '\'';
      case 0x93, 0x94 -> '"';
      case 0x96, 0x97 -> '-';
      default -> IGNORED;
    };
  }

  private static int foldPunctuation(int c) {
    return switch (c) {
      case 0x2018, 0x2019, 0x201B, 0x2032 -> '\'';
      case 0x201C, 0x201D, 0x201E, 0x201F -> '"';
      case 0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212 -> '-';
      case 0x3002 -> '.';
      default -> foldByType(c);
    };
  }

  private static int foldByType(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          ' ';
      case Character.FORMAT, Character.CONTROL -> IGNORED;
      case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(c, 10);
      case Character.NON_SPACING_MARK -> isInvisibleMark(c) ? IGNORED : c;
      case Character.OTHER_LETTER -> isFiller(c) ? IGNORED : c;
      default -> foldRest(c);
    };
  }

  private static int foldRest(int c) {
    return switch (c) {
      case 0xB4, 0x2BC -> '\'';
      case 0xAB, 0xBB -> '"';
      case 0x37E -> ';';
      case 0x55E, 0x61F -> '?';
      default -> c;
    };
  }

  /** The combining grapheme joiner and the variation selectors. */
  private static boolean isInvisibleMark(int c) {
    return c == 0x34F || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
  }

  /** Hangul letters that show nothing. */
  private static boolean isFiller(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
  }
}
