package io.sentimentstreams.corpus;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.translate.EntityArrays;

/**
 * Takes out the escapes that collected texts carry: backslash-u escapes that a JSON reader left,
 * and HTML entities, which Twitter's interface escapes in every text and collectors at times once
 * more. The tokenizer resolves HTML entities of live texts, so a model sees no difference.
 */
final class Unescape {
  private static final int ENTITY_ROUNDS = 2;

  /** A surrogate pair in two escapes, or one escape; a lone surrogate is none. */
  private static final Pattern UNICODE_ESCAPE =
      Pattern.compile(
          "\\\\u(?:([dD][89abAB]\\p{XDigit}{2})\\\\u([dD][c-fC-F]\\p{XDigit}{2})"
              + "|(?![dD][89a-fA-F])(\\p{XDigit}{4}))");

  private static final Pattern ENTITY =
      Pattern.compile("&(?:#([0-9]{1,7})|#[xX](\\p{XDigit}{1,6})|[A-Za-z][A-Za-z0-9]{1,31});");

  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final Map<String, String> NAMED = named();

  private Unescape() {}

  private static Map<String, String> named() {
    Map<String, String> named = new HashMap<>();
    EntityArrays.HTML40_EXTENDED_UNESCAPE.forEach((k, v) -> named.put(k.toString(), v.toString()));
    EntityArrays.ISO8859_1_UNESCAPE.forEach((k, v) -> named.put(k.toString(), v.toString()));
    EntityArrays.BASIC_UNESCAPE.forEach((k, v) -> named.put(k.toString(), v.toString()));
    EntityArrays.APOS_UNESCAPE.forEach((k, v) -> named.put(k.toString(), v.toString()));
    return Map.copyOf(named);
  }

  /** Both kinds of escapes resolved; entities twice. */
  static String unescape(String text) {
    return entities(unicodeEscapes(text));
  }

  /** HTML 4 entities resolved, twice; unknown ones stay as they are. */
  static String entities(String text) {
    String result = text;
    for (int round = 0; round < ENTITY_ROUNDS && result.indexOf('&') >= 0; round++) {
      result = ENTITY.matcher(result).replaceAll(match -> quote(entity(match)));
    }
    return result;
  }

  static String unicodeEscapes(String text) {
    return text.contains("\\u")
        ? UNICODE_ESCAPE.matcher(text).replaceAll(match -> quote(escape(match)))
        : text;
  }

  /**
   * The character that Windows-1252 has at this code point of the C1 controls, which texts hold
   * where that encoding was read as Latin-1; any other code point as it is.
   */
  static int withoutC1(int codePoint) {
    if (codePoint < 0x80 || codePoint > 0x9f) {
      return codePoint;
    }
    byte[] bytes = {(byte) codePoint};
    int mapped = WINDOWS_1252.decode(ByteBuffer.wrap(bytes)).get(0);
    return mapped == 0xfffd ? codePoint : mapped;
  }

  /** The text with each such control replaced. */
  static String withoutC1(String text) {
    return text.codePoints()
        .map(Unescape::withoutC1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String quote(String replacement) {
    return Matcher.quoteReplacement(replacement);
  }

  private static String escape(MatchResult match) {
    if (match.group(3) == null) {
      return "" + hex(match.group(1)) + hex(match.group(2));
    }
    char c = hex(match.group(3));
    return Character.isISOControl(c) && !Character.isWhitespace(c)
        ? match.group()
        : String.valueOf(c);
  }

  private static char hex(String digits) {
    return (char) Integer.parseInt(digits, 16);
  }

  private static String entity(MatchResult match) {
    if (match.group(1) != null) {
      return character(Integer.parseInt(match.group(1)), match.group());
    }
    if (match.group(2) != null) {
      return character(Integer.parseInt(match.group(2), 16), match.group());
    }
    return NAMED.getOrDefault(match.group(), match.group());
  }

  private static String character(int number, String otherwise) {
    int codePoint = withoutC1(number);
    boolean character =
        Character.isValidCodePoint(codePoint)
            && !(codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)
            && (!Character.isISOControl(codePoint) || Character.isWhitespace(codePoint));
    return character ? Character.toString(codePoint) : otherwise;
  }
}
