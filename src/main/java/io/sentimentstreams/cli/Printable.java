package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;

/**
 * Text of strangers for a terminal: what would steer the terminal, or turn the direction of what
 * follows, is shown as an escape.
 */
final class Printable {
  private Printable() {}

  /** On one line. */
  static String line(String text) {
    return escaped(text, false);
  }

  /** As it is, line by line; bytes that are no UTF-8 as {@code \xFF}. */
  static String block(byte[] bytes) {
    CharsetDecoder decoder = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length + 1);
    StringBuilder text = new StringBuilder(bytes.length);
    while (true) {
      CoderResult result = decoder.decode(in, out, true);
      text.append(escaped(out.flip().toString(), true));
      out.clear();
      if (!result.isMalformed()) {
        return text.toString();
      }
      for (int i = 0; i < result.length(); i++) {
        text.append("\\x%02X".formatted(in.get()));
      }
      decoder.reset();
    }
  }

  private static String escaped(String text, boolean lines) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean layout = lines && (c == '\n' || c == '\t');
              if (layout || !steers(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(c < 0x100 ? "\\x%02X".formatted(c) : "\\u%04X".formatted(c));
              }
            });
    return out.toString();
  }

  /** Controls, separators of lines, surrogates alone, and marks of direction. */
  private static boolean steers(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL
        || type == Character.SURROGATE
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }
}
