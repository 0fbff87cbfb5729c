package io.sentimentstreams.batch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a frame; everything that is not as written is malformed. */
final class FrameInput {
  private final byte[] wire;
  private int position;

  FrameInput(byte[] wire) {
    this.wire = wire;
  }

  void require(byte expected, String what) {
    byte found = raw(what);
    if (found != expected) {
      throw malformed("%s: %d, but %d is needed".formatted(what, found, expected));
    }
  }

  void requireEnd() {
    if (position != wire.length) {
      throw malformed("%d bytes follow the last row".formatted(wire.length - position));
    }
  }

  /** An unsigned number of up to 64 bits in its fewest bytes. */
  long varlong(String what) {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte group = raw(what);
      boolean lastGroupOverflows = shift == 63 && (group & 0xFE) != 0;
      if (lastGroupOverflows || (group == 0 && shift > 0)) {
        throw malformed(what + ": not a number in its shortest form");
      }
      value |= (group & 0x7FL) << shift;
      if (group >= 0) {
        return value;
      }
    }
    throw malformed(what + ": longer than 64 bits");
  }

  /** A number from 0 to the greatest int. */
  int varint(String what) {
    long value = varlong(what);
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw malformed("%s: %s is out of range".formatted(what, Long.toUnsignedString(value)));
    }
    return (int) value;
  }

  /** A number of parts, no more than the rest of the input can hold. */
  int count(String what, int smallestBytes) {
    int count = varint(what);
    if (count > (wire.length - position) / smallestBytes) {
      throw malformed("%s: %d do not fit the bytes that are left".formatted(what, count));
    }
    return count;
  }

  String string(String what) {
    int length = count(what, 1);
    ByteBuffer utf8 = ByteBuffer.wrap(wire, position, length);
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
      position += length;
      return text;
    } catch (CharacterCodingException e) {
      throw malformed(what + ": invalid UTF-8");
    }
  }

  byte @Nullable [] bytes(String what) {
    long lengthAndOne = varlong(what);
    if (lengthAndOne == 0) {
      return null;
    }
    long length = lengthAndOne - 1;
    if (length < 0 || length > wire.length - position) {
      throw malformed(
          "%s: %s bytes, more than are left".formatted(what, Long.toUnsignedString(length)));
    }
    byte[] bytes = Arrays.copyOfRange(wire, position, position + (int) length);
    position += (int) length;
    return bytes;
  }

  MalformedFrameException malformed(String problem) {
    return new MalformedFrameException(
        "frame of %d bytes, at byte %d: %s".formatted(wire.length, position, problem));
  }

  private byte raw(String what) {
    if (position == wire.length) {
      throw malformed(what + ": the frame ends too early");
    }
    return wire[position++];
  }
}
