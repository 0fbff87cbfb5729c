package io.sentimentstreams.text;

import java.util.Locale;
import java.util.Set;

/** Finds the tags of HTML, which are white space to a reader. */
final class HtmlTags {
  static final int NONE = -1;

  private static final int MAXIMUM_NAME = 10;
  private static final int MAXIMUM_LENGTH = 256;

  private static final Set<String> NAMES =
      Set.of(
          "a",
          "b",
          "blockquote",
          "br",
          "center",
          "code",
          "div",
          "em",
          "font",
          "h1",
          "h2",
          "h3",
          "h4",
          "hr",
          "i",
          "img",
          "li",
          "ol",
          "p",
          "pre",
          "s",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "sup",
          "table",
          "td",
          "th",
          "tr",
          "tt",
          "u",
          "ul");

  private HtmlTags() {}

  /** The end of the tag whose angle bracket is here, or {@link #NONE}. */
  static int end(SourceText source, int bracket) {
    int start = source.raw(bracket + 1) == '/' ? bracket + 2 : bracket + 1;
    int end = nameEnd(source, start);
    return NAMES.contains(name(source, start, end)) ? tagEnd(source, end) : NONE;
  }

  private static int nameEnd(SourceText source, int start) {
    int end = start;
    while (end - start < MAXIMUM_NAME && isAsciiLetterOrDigit(source.raw(end))) {
      end++;
    }
    return end;
  }

  private static boolean isAsciiLetterOrDigit(int c) {
    return c < 0x80 && Characters.isLetterOrDigit(c);
  }

  private static String name(SourceText source, int start, int end) {
    return source.subSequence(start, end).toString().toLowerCase(Locale.ROOT);
  }

  private static int tagEnd(SourceText source, int start) {
    for (int end = start; end - start < MAXIMUM_LENGTH; end++) {
      int c = source.raw(end);
      if (c == '>') {
        return end + 1;
      }
      boolean space = c == ' ' || c == '/' || c == '\n';
      if (c == '<' || c == SourceText.END || (end == start && !space)) {
        return NONE;
      }
    }
    return NONE;
  }
}
