package io.sentimentstreams.text;

import java.util.HashMap;
import java.util.Map;
import org.apache.commons.text.translate.EntityArrays;

/** The entities of HTML 4, named and numeric, each with its semicolon. */
final class HtmlEntities {
  private static final int NONE = -1;

  /** No name is longer, {@code thetasym;} among them. */
  private static final int MAXIMUM_LENGTH = 10;

  private static final Map<String, Integer> CODE_POINTS = codePoints();

  private HtmlEntities() {}

  private static Map<String, Integer> codePoints() {
    Map<String, Integer> result = new HashMap<>();
    addAll(result, EntityArrays.BASIC_UNESCAPE);
    addAll(result, EntityArrays.APOS_UNESCAPE);
    addAll(result, EntityArrays.ISO8859_1_UNESCAPE);
    addAll(result, EntityArrays.HTML40_EXTENDED_UNESCAPE);
    return Map.copyOf(result);
  }

  private static void addAll(
      Map<String, Integer> result, Map<CharSequence, CharSequence> unescape) {
    unescape.forEach(
        (entity, value) ->
            result.put(
                entity.subSequence(1, entity.length() - 1).toString(),
                Character.codePointAt(value, 0)));
  }

  /**
   * The code point of an entity, or a negative number if there is none.
   *
   * @param name offset behind the ampersand
   */
  static int codePoint(CharSequence text, int name) {
    int end = end(text, name);
    if (end == NONE || end - name < 3) {
      return NONE;
    }
    String body = text.subSequence(name, end - 1).toString();
    return body.charAt(0) == '#' ? numeric(body) : CODE_POINTS.getOrDefault(body, NONE);
  }

  /** The offset behind the semicolon, which a few letters, digits or # come before. */
  static int end(CharSequence text, int name) {
    int limit = Math.min(text.length(), name + MAXIMUM_LENGTH);
    for (int i = name; i < limit; i++) {
      char c = text.charAt(i);
      if (c == ';') {
        return i + 1;
      }
      if (c != '#' && (c >= 0x80 || !Characters.isLetterOrDigit(c))) {
        return NONE;
      }
    }
    return NONE;
  }

  private static int numeric(String body) {
    boolean hexadecimal = (body.charAt(1) | 0x20) == 'x';
    int result = 0;
    for (int i = hexadecimal ? 2 : 1; i < body.length(); i++) {
      int digit = Character.digit(body.charAt(i), hexadecimal ? 16 : 10);
      if (digit < 0 || result > Character.MAX_CODE_POINT) {
        return NONE;
      }
      result = result * (hexadecimal ? 16 : 10) + digit;
    }
    return isScalar(result) ? result : NONE;
  }

  private static boolean isScalar(int c) {
    return c > 0
        && Character.isValidCodePoint(c)
        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
