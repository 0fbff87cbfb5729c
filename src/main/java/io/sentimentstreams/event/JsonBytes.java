package io.sentimentstreams.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of JSON in UTF-8. The caller writes the structure, this class escapes strings and
 * formats shares; it takes about half the time of Jackson's generator.
 */
final class JsonBytes {
  /** Decimals of a share. */
  static final int DECIMALS = 6;

  private static final int SCALE = 1_000_000;

  /** Of the numbers that are no shares. */
  private static final double LARGEST = 1e9;

  /** The longest form of one char: a control character as {@code \u0000}. */
  private static final int LONGEST_CHAR = 6;

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes;
  private int size;

  JsonBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /** Appends bytes as they are. */
  JsonBytes raw(byte[] json) {
    reserve(json.length);
    System.arraycopy(json, 0, bytes, size, json.length);
    size += json.length;
    return this;
  }

  /** Appends ASCII characters as they are. */
  JsonBytes raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** Appends a quoted string; an unpaired surrogate becomes U+FFFD. */
  JsonBytes string(String text) {
    reserve(text.length() + 2);
    put('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Room for this char at its longest and one byte for each that follows.
      reserve(text.length() - i + LONGEST_CHAR);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        put(c);
      } else if (c < 0x80) {
        escaped(c);
      } else {
        i += nonAscii(text, i);
      }
    }
    put('"');
    return this;
  }

  /** Appends a number from 0 to 1 with up to six decimals, never with an exponent. */
  JsonBytes share(float share) {
    int scaled = (int) Math.round(share * (double) SCALE);
    reserve(DECIMALS + 2);
    put((char) ('0' + scaled / SCALE));
    return fraction(scaled % SCALE);
  }

  /** Appends a point and the decimals without zeros at their end; nothing for 0. */
  private JsonBytes fraction(int millionths) {
    if (millionths == 0) {
      return this;
    }
    reserve(DECIMALS + 1);
    put('.');
    int rest = millionths;
    for (int unit = SCALE / 10; rest > 0; unit /= 10) {
      put((char) ('0' + rest / unit));
      rest %= unit;
    }
    return this;
  }

  /**
   * Appends a number with up to six decimals, never with an exponent; what is further from 0 than
   * {@value #LARGEST} becomes that.
   */
  JsonBytes number(double value) {
    double bounded = Math.max(-LARGEST, Math.min(LARGEST, value));
    long scaled = Math.round(Math.abs(bounded) * SCALE);
    if (bounded < 0 && scaled > 0) {
      raw("-");
    }
    raw(Long.toString(scaled / SCALE));
    return fraction((int) (scaled % SCALE));
  }

  /** A copy of what was written. */
  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void escaped(char c) {
    switch (c) {
      case '"', '\\' -> escape(c);
      case '\n' -> escape('n');
      case '\r' -> escape('r');
      case '\t' -> escape('t');
      default -> {
        escape('u');
        put('0');
        put('0');
        bytes[size++] = HEX[c >> 4];
        bytes[size++] = HEX[c & 0xF];
      }
    }
  }

  private void escape(char c) {
    put('\\');
    put(c);
  }

  /** Appends one code point of two bytes or more; gives the chars it has beyond its first. */
  private int nonAscii(String text, int index) {
    int codePoint = text.codePointAt(index);
    if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
      codePoint = Utf8.REPLACEMENT;
    }
    if (codePoint < 0x800) {
      put((char) (0xC0 | (codePoint >> 6)));
    } else if (codePoint < 0x10000) {
      put((char) (0xE0 | (codePoint >> 12)));
      continuation(codePoint >> 6);
    } else {
      put((char) (0xF0 | (codePoint >> 18)));
      continuation(codePoint >> 12);
      continuation(codePoint >> 6);
    }
    continuation(codePoint);
    return Character.charCount(codePoint) - 1;
  }

  private void continuation(int bits) {
    put((char) (0x80 | (bits & 0x3F)));
  }

  /** One byte, in reserved room. */
  private void put(char value) {
    bytes[size++] = (byte) value;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), bytes.length * 3 / 2));
    }
  }
}
