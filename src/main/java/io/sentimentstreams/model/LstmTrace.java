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

  LstmTrace(long batch, long units, long steps, @Nullable INDArray mask) {
    this.batch = Math.toIntExact(batch);
    this.units = Math.toIntExact(units);
    this.steps = Math.toIntExact(steps);
    this.cells = Math.toIntExact(batch * units);
    this.mask = mask == null ? null : mask.dup('f').data().asFloat();
    candidate = new float[this.steps][cells];
    forget = new float[this.steps][cells];
    output = new float[this.steps][cells];
    input = new float[this.steps][cells];
    cell = new float[this.steps][cells];
    cellTanh = new float[this.steps][cells];
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
