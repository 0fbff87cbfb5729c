package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.OpenBlas;
import io.sentimentstreams.kernel.VectorLoops;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * A one-dimensional convolution over a batch, forward and backward, with the memory for it.
 *
 * <p>Tokens are packed in {@link TokenOrder}: a step is one block, its rows the first ones of the
 * step before. So the part of a step's sums that comes from the tokens {@code j} steps on is one
 * product of two blocks, of as many rows as still run there: what lies beyond a text's end has no
 * part in it.
 */
final class ConvolutionPass {
  private final int inputs;
  private final int filters;
  private final int width;
  private final boolean same;
  private final StepActivation activation;

  private final Room inputMemory = new Room();
  private final Room outputMemory = new Room();
  private final Room kernelMemory = new Room();
  private FloatPointer x = new FloatPointer(); // [tokens, inputs]
  private FloatPointer y = new FloatPointer(); // [output tokens, filters], at last the loss by sums
  private @Nullable TokenOrder trace;
  private float[] block = {};
  private float[] more = {};
  private int[] starts = {}; // [output steps + 1] of a step's first output

  ConvolutionPass(int inputs, int filters, int width, boolean same, StepActivation activation) {
    this.inputs = inputs;
    this.filters = filters;
    this.width = width;
    this.same = same;
    this.activation = activation;
  }

  /** Positions of the output: those of the input, or those at which the filters fit; at least 1. */
  int outputTime(int time) {
    return same ? time : Math.max(1, time - width + 1);
  }

  /** Rows with an output at the step: of a text shorter than the filters the first is one. */
  private int outputRows(TokenOrder order, int step) {
    return order.rowsAt(same || step == 0 ? step : step + width - 1);
  }

  /** The step of the input that is under the filters' first column. */
  private int firstInput(int step) {
    return same ? step - (width - 1) / 2 : step;
  }

  /** The place of an output, {@code time * batch + row}. */
  private int place(TokenOrder order, int step, int row) {
    return same
        ? order.places(false)[order.start(step) + row]
        : step * order.batch() + order.row(row);
  }

  private int outputSteps() {
    return starts.length - 1;
  }

  /**
   * Computes the outputs.
   *
   * @param input {@code [time, batch, inputs]}
   * @param kernel {@code [width, inputs, filters]}
   * @param output {@code [output time, batch, filters]}; places without an output are left
   * @param training whether {@link #backward} will follow
   */
  void forward(
      TokenOrder order,
      FloatBuffer input,
      FloatPointer kernel,
      float[] bias,
      boolean training,
      FloatBuffer output) {
    trace = training ? order : null;
    block = RecurrentPass.roomIn(block, order.rowsAt(0) * Math.max(inputs, filters));
    more = RecurrentPass.roomIn(more, block.length);
    pack(order, input);
    starts = starts(order);
    y = outputMemory.of((long) starts[outputSteps()] * filters);
    float[] biases = RecurrentPass.tiled(bias, 0, filters, order.rowsAt(0));
    for (int step = 0; step < outputSteps(); step++) {
      int rows = outputRows(order, step);
      y.position((long) starts[step] * filters).put(biases, 0, rows * filters);
      for (int column = 0; column < width; column++) {
        int from = firstInput(step) + column;
        int common = common(order, rows, from);
        if (common > 0) {
          x.position((long) order.start(from) * inputs);
          kernel.position((long) column * inputs * filters);
          OpenBlas.addProduct(common, filters, inputs, x, kernel, y);
        }
      }
      y.get(block, 0, rows * filters);
      activation.apply(block, rows * filters);
      y.put(block, 0, rows * filters);
      for (int row = 0; row < rows; row++) {
        output.put(place(order, step, row) * filters, block, row * filters, filters);
      }
    }
  }

  /** Of the rows of an output those that have a token at a step of the input. */
  private static int common(TokenOrder order, int rows, int step) {
    return step < 0 ? 0 : Math.min(rows, order.rowsAt(step));
  }

  private int[] starts(TokenOrder order) {
    int[] found = new int[outputTime(order.time()) + 1];
    int steps = 0;
    while (steps < found.length - 1 && outputRows(order, steps) > 0) {
      found[steps + 1] = found[steps] + outputRows(order, steps);
      steps++;
    }
    return Arrays.copyOf(found, steps + 1);
  }

  private void pack(TokenOrder order, FloatBuffer input) {
    x = inputMemory.of((long) order.tokens() * inputs);
    int[] places = order.places(false);
    for (int step = 0; step < order.steps(); step++) {
      int start = order.start(step);
      for (int row = 0; row < order.rowsAt(step); row++) {
        input.get(places[start + row] * inputs, block, row * inputs, inputs);
      }
      x.position((long) start * inputs).put(block, 0, order.rowsAt(step) * inputs);
    }
  }

  /**
   * Computes the losses, once after each {@link #forward} of a step of training.
   *
   * @param losses by the outputs, {@code [output time, batch, filters]}
   * @param inputLoss receives the loss by the input, {@code [time, batch, inputs]}; places without
   *     a token are left
   * @param kernel {@code [width, inputs, filters]}
   * @param kernelGradient receives the loss by the kernel, and is zero
   * @param biasGradient receives the loss by the biases, {@code [filters]}
   */
  void backward(
      FloatBuffer losses,
      FloatBuffer inputLoss,
      FloatPointer kernel,
      FloatPointer kernelGradient,
      FloatPointer biasGradient) {
    TokenOrder order = trace;
    if (order == null) {
      throw new IllegalStateException("no forward pass of a step of training went before");
    }
    trace = null;
    sumLosses(order, losses, biasGradient);
    for (int step = 0; step < outputSteps(); step++) {
      y.position((long) starts[step] * filters);
      for (int column = 0; column < width; column++) {
        int from = firstInput(step) + column;
        int common = common(order, outputRows(order, step), from);
        if (common > 0) {
          x.position((long) order.start(from) * inputs);
          kernelGradient.position((long) column * inputs * filters);
          OpenBlas.addTransposedProduct(inputs, filters, common, x, y, kernelGradient);
        }
      }
    }
    computeInputLoss(order, transposed(kernel));
    unpack(order, inputLoss);
  }

  /** Puts the losses by the sums in place of the outputs. */
  private void sumLosses(TokenOrder order, FloatBuffer losses, FloatPointer biasGradient) {
    float[] sums = new float[order.rowsAt(0) * filters];
    for (int step = 0; step < outputSteps(); step++) {
      int rows = outputRows(order, step);
      for (int row = 0; row < rows; row++) {
        losses.get(place(order, step, row) * filters, block, row * filters, filters);
      }
      y.position((long) starts[step] * filters).get(more, 0, rows * filters);
      activation.backward(block, more, rows * filters);
      y.put(block, 0, rows * filters);
      VectorLoops.add(sums, block, rows * filters);
    }
    float[] gradient = new float[filters];
    for (int i = 0; i < sums.length; i++) {
      gradient[i % filters] += sums[i];
    }
    biasGradient.put(gradient, 0, filters);
  }

  /** Each column's matrix turned: {@code [width, filters, inputs]}. */
  private FloatPointer transposed(FloatPointer kernel) {
    FloatPointer target = kernelMemory.of((long) width * inputs * filters);
    Transposition.of(width, inputs, filters, kernel.position(0), target);
    return target;
  }

  /** Computes the loss by the packed inputs into their place: they are not needed any more. */
  private void computeInputLoss(TokenOrder order, FloatPointer turned) {
    FloatPointer.memset(x.position(0), 0, (long) order.tokens() * inputs * Float.BYTES);
    for (int step = 0; step < outputSteps(); step++) {
      y.position((long) starts[step] * filters);
      for (int column = 0; column < width; column++) {
        int to = firstInput(step) + column;
        int common = common(order, outputRows(order, step), to);
        if (common > 0) {
          x.position((long) order.start(to) * inputs);
          turned.position((long) column * inputs * filters);
          OpenBlas.addProduct(common, inputs, filters, y, turned, x);
        }
      }
    }
  }

  private void unpack(TokenOrder order, FloatBuffer inputLoss) {
    int[] places = order.places(false);
    for (int step = 0; step < order.steps(); step++) {
      int start = order.start(step);
      x.position((long) start * inputs).get(block, 0, order.rowsAt(step) * inputs);
      for (int row = 0; row < order.rowsAt(step); row++) {
        inputLoss.put(places[start + row] * inputs, block, row * inputs, inputs);
      }
    }
  }
}
