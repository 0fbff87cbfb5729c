package io.sentimentstreams.batch;

import org.jspecify.annotations.Nullable;

/** Sizes of byte arrays that may be absent. */
final class Sizes {
  private Sizes() {}

  static int of(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }

  static String describe(byte @Nullable [] bytes) {
    return bytes == null ? "null" : bytes.length + " bytes";
  }
}
