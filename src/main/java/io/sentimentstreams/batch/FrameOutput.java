package io.sentimentstreams.batch;

import org.jspecify.annotations.Nullable;

/** Writes the parts of a frame into an array of exactly the frame's size. */
final class FrameOutput {
  private final byte[] wire;
  private int position;

  FrameOutput(int size) {
    wire = new byte[size];
  }

  void raw(byte value) {
    wire[position++] = value;
  }

  /** An unsigned number in base 128, least significant group first. */
  void varlong(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      wire[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    wire[position++] = (byte) rest;
  }

  void string(byte[] utf8) {
    varlong(utf8.length);
    copy(utf8);
  }

  void bytes(byte @Nullable [] bytes) {
    if (bytes == null) {
      varlong(0);
      return;
    }
    varlong(bytes.length + 1L);
    copy(bytes);
  }

  byte[] finished() {
    if (position != wire.length) {
      throw new IllegalStateException(
          "frame: wrote %d bytes of %d counted".formatted(position, wire.length));
    }
    return wire;
  }

  private void copy(byte[] bytes) {
    System.arraycopy(bytes, 0, wire, position, bytes.length);
    position += bytes.length;
  }
}
