package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.NativeFloats;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Memory outside the heap that is kept from batch to batch and grows as needed: fresh memory costs
 * more than what is computed in it. Freed with the object, by JavaCPP's references.
 */
final class Room {
  private NativeFloats memory = new NativeFloats(0);

  /** At least so many floats with any values, valid until the next call. */
  FloatPointer of(long floats) {
    if (memory.size() < floats) {
      memory.close();
      memory = new NativeFloats(floats + floats / 4);
    }
    return memory.pointer();
  }
}
