package io.sentimentstreams.model;

import io.sentimentstreams.kernel.Tanh;
import java.util.Arrays;

/**
 * The element-wise part of an LSTM, forward and backward.
 *
 * <p>Every loop is short, over whole arrays, with the same index on each: the form that HotSpot
 * turns into vector instructions. One loop over all gates at once is about ten times slower.
 */
final class LstmMath {

  private LstmMath() {}

  /**
   * One step forward.
   *
   * @param sums the step's matrix products, blocks candidate, forget, output, input: {@code [4 *
   *     cells]}; overwritten
   * @param bias the same blocks
   * @param h receives the step's output, {@code [cells]}
   */
  static void step(LstmTrace states, int step, int time, float[] sums, float[] bias, float[] h) {
    int cells = states.cells;
    add(sums, bias);
    tanh(sums, 0, states.candidate[step]);
    sigmoid(sums, cells, states.forget[step]);
    sigmoid(sums, 2 * cells, states.output[step]);
    sigmoid(sums, 3 * cells, states.input[step]);
    float[] cell = states.cell[step];
    multiply(states.input[step], states.candidate[step], cell);
    if (step > 0) {
      addProduct(cell, states.forget[step], states.cell[step - 1]);
    }
    states.mask(time, cell);
    tanh(cell, 0, states.cellTanh[step]);
    multiply(states.output[step], states.cellTanh[step], h);
  }

  /**
   * One step backward.
   *
   * @param dh the loss by the step's output, {@code [cells]}; overwritten
   * @param dc the loss by the step's cell from the step after it; receives that for the step before
   * @param dSums receives the loss by the step's matrix products, {@code [4 * cells]}
   */
  static void stepBack(
      LstmTrace states, int step, int time, float[] dh, float[] dc, float[] dSums) {
    int cells = states.cells;
    states.mask(time, dh);
    outputBack(dh, states.cellTanh[step], states.output[step], dSums, 2 * cells);
    cellBack(dc, dh, states.output[step], states.cellTanh[step]);
    states.mask(time, dc);
    candidateBack(dc, states.input[step], states.candidate[step], dSums, 0);
    gateBack(dc, states.candidate[step], states.input[step], dSums, 3 * cells);
    if (step > 0) {
      gateBack(dc, states.cell[step - 1], states.forget[step], dSums, cells);
      multiply(dc, states.forget[step], dc);
    } else {
      Arrays.fill(dSums, cells, 2 * cells, 0);
    }
  }

  static void add(float[] target, float[] values) {
    for (int i = 0; i < target.length; i++) {
      target[i] += values[i];
    }
  }

  static void multiply(float[] a, float[] b, float[] product) {
    for (int i = 0; i < product.length; i++) {
      product[i] = a[i] * b[i];
    }
  }

  private static void addProduct(float[] target, float[] a, float[] b) {
    for (int i = 0; i < target.length; i++) {
      target[i] += a[i] * b[i];
    }
  }

  private static void tanh(float[] values, int from, float[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = Tanh.of(values[from + i]);
    }
  }

  private static void sigmoid(float[] values, int from, float[] result) {
    for (int i = 0; i < result.length; i++) {
      result[i] = 0.5f * Tanh.of(0.5f * values[from + i]) + 0.5f;
    }
  }

  private static void outputBack(
      float[] dh, float[] cellTanh, float[] output, float[] result, int from) {
    for (int i = 0; i < dh.length; i++) {
      result[from + i] = dh[i] * cellTanh[i] * output[i] * (1 - output[i]);
    }
  }

  private static void cellBack(float[] dc, float[] dh, float[] output, float[] cellTanh) {
    for (int i = 0; i < dc.length; i++) {
      dc[i] += dh[i] * output[i] * (1 - cellTanh[i] * cellTanh[i]);
    }
  }

  private static void candidateBack(
      float[] dc, float[] input, float[] candidate, float[] result, int from) {
    for (int i = 0; i < dc.length; i++) {
      result[from + i] = dc[i] * input[i] * (1 - candidate[i] * candidate[i]);
    }
  }

  /** A sigmoid gate that multiplies {@code gated}. */
  private static void gateBack(float[] dc, float[] gated, float[] gate, float[] result, int from) {
    for (int i = 0; i < dc.length; i++) {
      result[from + i] = dc[i] * gated[i] * gate[i] * (1 - gate[i]);
    }
  }
}
