package io.sentimentstreams.model;

import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.RecurrentSpec.Gru;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import java.util.Arrays;

/** Keras' recurrent layers as plain loops. */
final class RecurrentReference {
  /** A layer's weights. */
  record Tensors(Tensor kernel, Tensor recurrentKernel, Tensor bias) {}

  private final Cell cell;
  private final Tensors tensors;
  private final int units;
  private double[] state;
  private double[] memory;

  private RecurrentReference(Cell cell, Tensors tensors) {
    this.cell = cell;
    this.tensors = tensors;
    this.units = cell.units();
    this.state = new double[units];
    this.memory = new double[units];
  }

  /** The outputs {@code [time][units]}. */
  static double[][] run(Cell cell, Tensors tensors, double[][] inputs) {
    RecurrentReference layer = new RecurrentReference(cell, tensors);
    double[][] outputs = new double[inputs.length][];
    for (int step = 0; step < inputs.length; step++) {
      layer.step(inputs[step]);
      outputs[step] = layer.state;
    }
    return outputs;
  }

  private void step(double[] input) {
    double[] sums = plus(product(input, tensors.kernel()), 0);
    if (cell instanceof Lstm) {
      lstm(sums, product(state, tensors.recurrentKernel()));
    } else if (cell instanceof Gru gru) {
      gru(gru, sums);
    } else {
      double[] recurrent = product(state, tensors.recurrentKernel());
      double[] next = new double[units];
      Arrays.setAll(next, unit -> Math.tanh(sums[unit] + recurrent[unit]));
      state = next;
    }
  }

  /** Gates input, forget, candidate, output. */
  private void lstm(double[] sums, double[] recurrent) {
    double[] z = new double[sums.length];
    Arrays.setAll(z, i -> sums[i] + recurrent[i]);
    double[] next = new double[units];
    double[] cells = new double[units];
    for (int unit = 0; unit < units; unit++) {
      cells[unit] =
          sigmoid(z[units + unit]) * memory[unit]
              + sigmoid(z[unit]) * Math.tanh(z[2 * units + unit]);
      next[unit] = sigmoid(z[3 * units + unit]) * Math.tanh(cells[unit]);
    }
    memory = cells;
    state = next;
  }

  /** Gates update, reset, candidate. */
  private void gru(Gru gru, double[] sums) {
    double[] recurrent = product(state, tensors.recurrentKernel());
    if (gru.resetAfter()) {
      recurrent = plus(recurrent, 3 * units);
    }
    double[] reset = new double[units];
    double[] next = new double[units];
    for (int unit = 0; unit < units; unit++) {
      reset[unit] = sigmoid(sums[units + unit] + recurrent[units + unit]);
    }
    double[] kept = new double[units];
    Arrays.setAll(kept, unit -> reset[unit] * state[unit]);
    double[] before = product(kept, tensors.recurrentKernel());
    for (int unit = 0; unit < units; unit++) {
      double update = sigmoid(sums[unit] + recurrent[unit]);
      double inner =
          gru.resetAfter() ? reset[unit] * recurrent[2 * units + unit] : before[2 * units + unit];
      double candidate = Math.tanh(sums[2 * units + unit] + inner);
      next[unit] = update * state[unit] + (1 - update) * candidate;
    }
    state = next;
  }

  private static double[] product(double[] vector, Tensor kernel) {
    int columns = kernel.shape()[1];
    double[] result = new double[columns];
    for (int i = 0; i < vector.length; i++) {
      for (int j = 0; j < columns; j++) {
        result[j] += vector[i] * kernel.values()[i * columns + j];
      }
    }
    return result;
  }

  private double[] plus(double[] sums, int from) {
    double[] result = new double[sums.length];
    Arrays.setAll(result, i -> sums[i] + tensors.bias().values()[from + i]);
    return result;
  }

  static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
