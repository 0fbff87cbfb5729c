package io.sentimentstreams.letters;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** A set of offsets, a bit each where they are dense: 8 KiB for 65,536 offsets in a row. */
final class OffsetSet {
  private static final int BITS = 16;
  private static final int MASK = (1 << BITS) - 1;

  private final Map<Long, BitSet> chunks = new HashMap<>();

  void add(long offset) {
    chunks.computeIfAbsent(offset >>> BITS, any -> new BitSet()).set((int) (offset & MASK));
  }

  boolean contains(long offset) {
    BitSet chunk = chunks.get(offset >>> BITS);
    return chunk != null && chunk.get((int) (offset & MASK));
  }
}
