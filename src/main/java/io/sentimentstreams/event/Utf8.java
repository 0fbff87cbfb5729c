package io.sentimentstreams.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Checks and measures of UTF-8 (RFC 3629: no overlong form, no surrogate, nothing past U+10FFFF).
 */
final class Utf8 {
  static final int REPLACEMENT = 0xFFFD;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** The index of the first byte of the first ill-formed sequence, -1 where there is none. */
  static int firstInvalid(byte[] bytes) {
    int i = 0;
    while (true) {
      i = endOfAscii(bytes, i);
      if (i == bytes.length) {
        return -1;
      }
      int length = sequenceLength(bytes, i);
      if (length == 0) {
        return i;
      }
      i += length;
    }
  }

  static boolean isValid(byte[] bytes) {
    return firstInvalid(bytes) < 0;
  }

  /** Bytes that the text takes in UTF-8; an unpaired surrogate counts as U+FFFD, 3 bytes. */
  static long length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800) {
        // A pair is 4 bytes in 2 chars, so each of its halves adds 1; everything else 2.
        boolean pair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        length += 2;
        if (pair) {
          i++;
        }
      } else if (c >= 0x80) {
        length++;
      }
    }
    return length;
  }

  /** The text with every unpaired surrogate replaced by U+FFFD; the same object where none is. */
  static String wellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceUnpaired(text);
      }
    }
    return text;
  }

  private static String replaceUnpaired(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? REPLACEMENT : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static int endOfAscii(byte[] bytes, int start) {
    int i = start;
    while (i <= bytes.length - Long.BYTES && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
      i += Long.BYTES;
    }
    while (i < bytes.length && bytes[i] >= 0) {
      i++;
    }
    return i;
  }

  /** The length of the well-formed sequence of 2 to 4 bytes at the index, 0 where it is none. */
  private static int sequenceLength(byte[] bytes, int i) {
    int lead = bytes[i] & 0xFF;
    int second = i + 1 < bytes.length ? bytes[i + 1] & 0xFF : 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return isContinuation(bytes, i + 1) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      int least = lead == 0xE0 ? 0xA0 : 0x80;
      int greatest = lead == 0xED ? 0x9F : 0xBF;
      boolean valid = second >= least && second <= greatest && isContinuation(bytes, i + 2);
      return valid ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      int least = lead == 0xF0 ? 0x90 : 0x80;
      int greatest = lead == 0xF4 ? 0x8F : 0xBF;
      boolean valid =
          second >= least
              && second <= greatest
              && isContinuation(bytes, i + 2)
              && isContinuation(bytes, i + 3);
      return valid ? 4 : 0;
    }
    return 0;
  }

  private static boolean isContinuation(byte[] bytes, int i) {
    return i < bytes.length && (bytes[i] & 0xC0) == 0x80;
  }
}
