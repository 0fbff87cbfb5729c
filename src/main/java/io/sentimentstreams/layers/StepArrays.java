package io.sentimentstreams.layers;

import java.util.Arrays;

/** An array for each step of a recurrent layer, kept from batch to batch. */
final class StepArrays {
  private float[][] kept = {};

  /**
   * Arrays with any values.
   *
   * @param whole whether each step has its own, as a backward pass needs it; otherwise a step's is
   *     that of the step two before it, and memory does not grow with the text
   */
  float[][] of(TokenOrder order, int units, boolean whole) {
    float[][] arrays = new float[order.steps()][]; // [step][row * unit]
    for (int step = 0; step < arrays.length; step++) {
      arrays[step] = room(whole ? step : step % 2, order.rowsAt(step) * units);
    }
    return arrays;
  }

  private float[] room(int slot, int length) {
    if (slot >= kept.length) {
      int old = kept.length;
      kept = Arrays.copyOf(kept, Math.max(slot + 1, old * 2));
      Arrays.fill(kept, old, kept.length, new float[0]);
    }
    if (kept[slot].length < length) {
      kept[slot] = new float[length];
    }
    return kept[slot];
  }
}
