package io.sentimentstreams.model;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The states of an LSTM over a batch, step by step in the order in which it reads: gates after
 * their activation, cell, and the cell's tanh, each {@code [steps][units * batch]}, the batch
 * fastest.
 */
final class LstmTrace {
  final int batch;
  final int units;
  final int steps;

  /** Values of one gate of one step: units * batch. */
  final int cells;

  final float[][] candidate;
  final float[][] forget;
  final float[][] output;
  final float[][] input;
  final float[][] cell;
  final float[][] cellTanh;

  /** 1 and 0 by {@code [time * batch]}; null where no text is padded. */
  private final float @Nullable [] mask;

  /**
   * Room for a batch.
   *
   * @param mask {@code [batch, time]}, 1 and 0
   * @param whole whether every step is kept, as the backward pass needs it; otherwise a step's
   *     arrays are those of the step two before it, and memory does not grow with the text
   */
  LstmTrace(long batch, long units, long steps, @Nullable INDArray mask, boolean whole) {
    this.batch = Math.toIntExact(batch);
    this.units = Math.toIntExact(units);
    this.steps = Math.toIntExact(steps);
    this.cells = Math.toIntExact(batch * units);
    this.mask = mask == null ? null : mask.dup('f').data().asFloat();
    candidate = rows(whole);
    forget = rows(whole);
    output = rows(whole);
    input = rows(whole);
    cell = rows(whole);
    cellTanh = rows(whole);
  }

  private float[][] rows(boolean whole) {
    float[][] rows = new float[steps][];
    for (int step = 0; step < steps; step++) {
      rows[step] = whole || step < 2 ? new float[cells] : rows[step - 2];
    }
    return rows;
  }

  /** Sets the values of texts that are padded at that time to zero. */
  void mask(int time, float[] values) {
    if (mask == null) {
      return;
    }
    int from = time * batch;
    for (int row = 0; row < batch; row++) {
      if (mask[from + row] == 0) {
        for (int at = row; at < cells; at += batch) {
          values[at] = 0;
        }
      }
    }
  }

  /** The layer's output of a step, computed anew into {@code target}. */
  float[] outputs(int step, float[] target) {
    LstmMath.multiply(output[step], cellTanh[step], target);
    return target;
  }
}
