package io.sentimentstreams.kernel;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Native memory that begins at a cache line. What {@code malloc} gives may begin anywhere in one;
 * then each vector load spans two lines, and a product of one row takes 1.4 times as long.
 */
public final class NativeFloats implements AutoCloseable {
  private static final int LINE_BYTES = 64;

  private final FloatPointer memory;
  private final FloatPointer aligned;
  private final long size;

  /** Memory with arbitrary content. */
  public NativeFloats(long size) {
    this.size = size;
    this.memory = new FloatPointer(size + LINE_BYTES / Float.BYTES);
    long beyond = memory.address() % LINE_BYTES;
    this.aligned = memory.getPointer(beyond == 0 ? 0 : (LINE_BYTES - beyond) / Float.BYTES);
  }

  /** A copy of an array. */
  public static NativeFloats of(float[] values) {
    NativeFloats floats = new NativeFloats(values.length);
    floats.aligned.put(values, 0, values.length);
    return floats;
  }

  /** Numbers that it holds. */
  public long size() {
    return size;
  }

  /** A pointer to the start, with a position of its own; not to be used after {@link #close}. */
  public FloatPointer pointer() {
    return new FloatPointer(aligned);
  }

  @Override
  public void close() {
    memory.close();
  }
}
