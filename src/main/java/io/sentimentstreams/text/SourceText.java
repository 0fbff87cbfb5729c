package io.sentimentstreams.text;

/**
 * A text as the scanner sees it: folded code points, HTML entities resolved, ignored characters
 * skipped. Decodes where it is asked to, so that it needs no copy of the text.
 */
final class SourceText {
  /** What {@link #at} returns behind the last character. */
  static final int END = -1;

  private final CharSequence text;
  private final int length;
  private int begin;
  private int end;

  SourceText(CharSequence text) {
    this.text = text;
    this.length = text.length();
  }

  int length() {
    return length;
  }

  /**
   * The folded code point at an offset; {@link #begin()} and {@link #end()} are then where it
   * starts and where the next one may start.
   */
  int at(int offset) {
    if (offset < length) {
      char c = text.charAt(offset);
      if (c >= ' ' && c < 0x7F && c != '&' && c != '`') {
        begin = offset;
        end = offset + 1;
        return c;
      }
    }
    return decode(offset);
  }

  /** The offset of the code point that {@link #at} returned last, behind what it skipped. */
  int begin() {
    return begin;
  }

  /** The offset behind the code point that {@link #at} returned last. */
  int end() {
    return end;
  }

  private int decode(int offset) {
    for (int at = offset; at < length; at = end) {
      int c = raw(at);
      begin = at;
      end = at + Character.charCount(c);
      if (c == '&') {
        c = entity(end);
      }
      int folded = Characters.fold(c);
      if (folded != Characters.IGNORED) {
        return folded;
      }
    }
    begin = length;
    end = length;
    return END;
  }

  /**
   * Resolves the entity whose name starts at an offset, and moves {@link #end} behind it; an
   * escaped ampersand may start one more, as texts that were escaped twice have it.
   */
  private int entity(int name) {
    int c = HtmlEntities.codePoint(text, name);
    if (c < 0) {
      return '&';
    }
    end = HtmlEntities.end(text, name);
    if (c != '&') {
      return c;
    }
    int inner = HtmlEntities.codePoint(text, end);
    if (inner < 0) {
      return '&';
    }
    end = HtmlEntities.end(text, end);
    return inner;
  }

  /** The code point at an offset as it stands in the text, {@link #END} behind the text. */
  int raw(int offset) {
    return offset < length ? Character.codePointAt(text, offset) : END;
  }

  /** Whether the text goes on with some lower-case ASCII, in whatever case. */
  boolean startsWith(String lowerCase, int offset) {
    if (offset + lowerCase.length() > length) {
      return false;
    }
    for (int i = 0; i < lowerCase.length(); i++) {
      if (Characters.lower(text.charAt(offset + i)) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }
}
