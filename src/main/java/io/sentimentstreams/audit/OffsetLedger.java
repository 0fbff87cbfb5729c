package io.sentimentstreams.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which offsets of an input partition hold an event, and which have an output: two bits an offset,
 * in chunks of {@value #CHUNK} offsets (16 KiB). A chunk whose events have all been read and have
 * all their outputs is settled: of it only its place remains, in an interval with its neighbours,
 * so that a second output is still seen. So memory is bounded by a quarter of a byte an offset
 * where nothing is ever settled, and is that of a few chunks where all is well.
 *
 * <p>In a settled chunk an output of an offset that holds no event cannot be told from a second
 * output. Where such outputs are no fault, no chunk must be settled: {@link #keepAll}.
 */
final class OffsetLedger {
  static final int CHUNK = 1 << 16;
  private static final int WORDS = CHUNK / Long.SIZE;

  private final TreeMap<Long, Chunk> open = new TreeMap<>();

  /** Settled chunks: the number of an interval's first, and the number behind its last. */
  private final TreeMap<Long, Long> settled = new TreeMap<>();

  private final long end;
  private boolean settles = true;
  private long position;
  private long events;
  private long missing;

  /**
   * A ledger without events.
   *
   * @param end behind the last offset that is audited
   */
  OffsetLedger(long end) {
    this.end = end;
  }

  /** From now on no chunk is settled. */
  void keepAll() {
    settles = false;
  }

  /** An event was read. */
  void event(long offset) {
    Chunk chunk = chunk(offset);
    if (!set(chunk.events, offset)) {
      throw new IllegalStateException("offset %d was read twice".formatted(offset));
    }
    events++;
    missing += isSet(chunk.outputs, offset) ? 0 : 1;
    match(chunk, isSet(chunk.outputs, offset));
  }

  /** All events below this offset have been read. */
  void readTo(long offset) {
    long before = position;
    position = Math.max(position, offset);
    if (position / CHUNK == before / CHUNK && position < end) {
      return;
    }
    List.copyOf(open.subMap(before / CHUNK, true, position / CHUNK, true).keySet())
        .forEach(this::settle);
  }

  /**
   * An output was read.
   *
   * @return false where there was one already
   */
  boolean output(long offset) {
    long number = offset / CHUNK;
    if (isSettled(number)) {
      return false;
    }
    Chunk chunk = chunk(offset);
    if (!set(chunk.outputs, offset)) {
      return false;
    }
    boolean expected = isSet(chunk.events, offset);
    missing -= expected ? 1 : 0;
    match(chunk, expected);
    settle(number);
    return true;
  }

  /** Events that were read. */
  long events() {
    return events;
  }

  /** Events that were read and have no output. */
  long missing() {
    return missing;
  }

  /** Chunks that take memory. */
  int openChunks() {
    return open.size();
  }

  /** Visits, in ascending order, the events without output. */
  void eachMissing(OffsetVisitor visitor) {
    open.forEach((number, chunk) -> each(number, chunk.events, chunk.outputs, visitor));
  }

  /** Visits, in ascending order, the outputs without an event. */
  void eachWithoutEvent(OffsetVisitor visitor) {
    open.forEach((number, chunk) -> each(number, chunk.outputs, chunk.events, visitor));
  }

  /** Visits the offsets that are in one set and not in the other. */
  private static void each(long number, long[] in, long[] notIn, OffsetVisitor visitor) {
    for (int word = 0; word < WORDS; word++) {
      for (long bits = in[word] & ~notIn[word]; bits != 0; bits &= bits - 1) {
        visitor.visit(number * CHUNK + (long) word * Long.SIZE + Long.numberOfTrailingZeros(bits));
      }
    }
  }

  private Chunk chunk(long offset) {
    return open.computeIfAbsent(offset / CHUNK, any -> new Chunk());
  }

  /** An offset has now both of event and output, or one of them. */
  private static void match(Chunk chunk, boolean both) {
    chunk.unmatched += both ? -1 : 1;
  }

  private void settle(long number) {
    Chunk chunk = open.get(number);
    boolean read = position >= end || position >= (number + 1) * CHUNK;
    if (!settles || chunk == null || !read || chunk.unmatched > 0) {
      return;
    }
    open.remove(number);
    join(number);
  }

  /** Adds a chunk to the intervals, and joins those that now touch. */
  private void join(long number) {
    Map.Entry<Long, Long> before = settled.floorEntry(number);
    long first = before != null && before.getValue() == number ? before.getKey() : number;
    Long behind = settled.remove(number + 1);
    settled.put(first, behind == null ? Long.valueOf(number + 1) : behind);
  }

  private boolean isSettled(long number) {
    Map.Entry<Long, Long> interval = settled.floorEntry(number);
    return interval != null && number < interval.getValue();
  }

  private static boolean isSet(long[] bits, long offset) {
    return (bits[word(offset)] & bit(offset)) != 0;
  }

  /** Sets a bit; false where it was set. */
  private static boolean set(long[] bits, long offset) {
    boolean fresh = !isSet(bits, offset);
    bits[word(offset)] |= bit(offset);
    return fresh;
  }

  private static int word(long offset) {
    return (int) (offset % CHUNK) / Long.SIZE;
  }

  private static long bit(long offset) {
    return 1L << offset; // Java takes the shift modulo 64
  }

  /** Is told of offsets. */
  @FunctionalInterface
  interface OffsetVisitor {
    void visit(long offset);
  }

  private static final class Chunk {
    private final long[] events = new long[WORDS];
    private final long[] outputs = new long[WORDS];

    /** Offsets that have an event or an output, but not both. */
    private int unmatched;
  }
}
