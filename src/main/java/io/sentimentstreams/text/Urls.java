package io.sentimentstreams.text;

/** Finds web addresses. All of them are ASCII: another script ends an address. */
final class Urls {
  static final int NONE = -1;

  private Urls() {}

  /** The end of the address that starts here with its scheme or {@code www.}, or {@link #NONE}. */
  static int end(SourceText source, int start) {
    int prefix = prefixLength(source, start);
    return prefix == 0 ? NONE : pathEnd(source, start + prefix);
  }

  /** Whether an address starts here with its scheme, be it in the middle of a word. */
  static boolean hasScheme(SourceText source, int start) {
    return Characters.lower(source.raw(start)) == 'h' && schemeLength(source, start) > 0;
  }

  private static int prefixLength(SourceText source, int start) {
    return switch (Characters.lower(source.raw(start))) {
      case 'h' -> schemeLength(source, start);
      case 'w' -> source.startsWith("www.", start) && isName(source.raw(start + 4)) ? 4 : 0;
      default -> 0;
    };
  }

  private static int schemeLength(SourceText source, int start) {
    if (source.startsWith("http://", start)) {
      return 7;
    }
    return source.startsWith("https://", start) ? 8 : 0;
  }

  /**
   * The end of an address of which a word has been read, as in {@code youtube.com} or {@code
   * t.co/x}, or {@link #NONE}. A short domain counts only with a path: a space is easily missing
   * between two sentences.
   *
   * @param dot offset behind the word
   */
  static int domainEnd(SourceText source, int dot) {
    if (source.raw(dot) != '.') {
      return NONE;
    }
    int end = dot + 1;
    while (end - dot <= 4 && Characters.isAsciiLetter(source.raw(end))) {
      end++;
    }
    boolean path = source.raw(end) == '/' && isName(source.raw(end + 1));
    if (isName(source.raw(end)) || !isDomain(source, dot + 1, end, path)) {
      return NONE;
    }
    return path ? pathEnd(source, end) : end;
  }

  private static boolean isDomain(SourceText source, int start, int end, boolean path) {
    return switch (end - start) {
      case 2 ->
          path
              && (source.startsWith("co", start)
                  || source.startsWith("ly", start)
                  || source.startsWith("gl", start)
                  || source.startsWith("be", start)
                  || source.startsWith("tv", start)
                  || source.startsWith("me", start)
                  || source.startsWith("uk", start));
      case 3 ->
          source.startsWith("com", start)
              || source.startsWith("org", start)
              || source.startsWith("net", start)
              || source.startsWith("edu", start)
              || source.startsWith("gov", start);
      default -> false;
    };
  }

  private static boolean isName(int c) {
    return c == '_' || (c < 0x80 && Characters.isLetterOrDigit(c));
  }

  private static int pathEnd(SourceText source, int start) {
    int end = start;
    while (isPath(source.raw(end))) {
      end++;
    }
    while (end > start && isClosing(source.raw(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isPath(int c) {
    return c > ' ' && c < 0x7F && c != '<' && c != '>' && c != '"';
  }

  /** Punctuation of the sentence round the address. */
  private static boolean isClosing(int c) {
    return switch (c) {
      case '.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '*' -> true;
      default -> false;
    };
  }
}
