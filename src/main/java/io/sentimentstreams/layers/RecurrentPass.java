package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.OpenBlas;
import io.sentimentstreams.kernel.VectorLoops;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One direction of a recurrent layer over a batch, forward and backward, with the memory for it.
 *
 * <p>All tokens' products with the input kernel are computed before the steps, and the losses by
 * kernels and input behind them; a step has only its product with the outputs before it. Tokens are
 * in {@link TokenOrder}. Matrices are row-major in native memory, one <em>plane</em> of {@code
 * [tokens, units]} for each gate: its sums on the way forward, the loss by them on the way back.
 * Element-wise work is done in one array a gate and step.
 *
 * <p>Dropout is that of Gal and Ghahramani (2016): for each text one set of inputs, and one of
 * outputs before, is left out at all steps, for all gates alike; what stays is scaled up.
 */
abstract sealed class RecurrentPass permits GruPass, LstmPass, ResetAfterGruPass, RnnPass {
  /** Tokens whose rows of all planes fit into a core's cache together. */
  private static final int BLOCK = 240;

  final int units;
  private final int inputs;
  private final int gates;

  /** For each bias of a unit the plane whose losses are its own. */
  private final int[] biasPlanes;

  private final float[][] biasLosses; // [plane][rows * units]
  private final Room inputMemory = new Room();
  private final Room planeMemory = new Room();
  private final Room beforeMemory = new Room();
  private final Room lossMemory = new Room();
  private final Room kernelMemory = new Room();
  private final Room recurrentMemory = new Room();

  private FloatPointer x = new FloatPointer(); // [tokens, inputs], at last the loss by it
  private FloatPointer sums = new FloatPointer(); // [plane, tokens, units]
  private FloatPointer before = new FloatPointer(); // [tokens, units]
  private FloatPointer recurrent = new FloatPointer(); // [gate, units before, units]
  private FloatPointer transposed = new FloatPointer(); // [gate, units, units before]

  private @Nullable TokenOrder trace;
  private int[] places = {};
  private Dropouts dropouts = Dropouts.NONE;
  private float[] block = {};
  private float[] more = {};
  private float[] loss = {};

  /** What is left out of a batch in a step of training. */
  static final class Dropouts {
    static final Dropouts NONE = new Dropouts(null, null);

    private final float @Nullable [] inputs;
    private final float @Nullable [] outputs;

    /**
     * @param inputs factors {@code [rows * inputs]}, rows in the order of {@link TokenOrder}; null
     *     for none
     * @param outputs factors {@code [rows * units]} of the outputs before
     */
    Dropouts(float @Nullable [] inputs, float @Nullable [] outputs) {
      this.inputs = inputs;
      this.outputs = outputs;
    }
  }

  /**
   * @param gates matrices in each kernel
   * @param biasPlanes for each bias of a unit the plane whose losses are its own; gates have the
   *     first planes
   */
  RecurrentPass(int inputs, int units, int gates, int... biasPlanes) {
    this.inputs = inputs;
    this.units = units;
    this.gates = gates;
    this.biasPlanes = biasPlanes;
    this.biasLosses = new float[Arrays.stream(biasPlanes).max().orElse(0) + 1][0];
  }

  /** A pass of a kind of layer. */
  static RecurrentPass of(MaskedRecurrent.Kind kind, int inputs, int units) {
    return switch (kind) {
      case LSTM -> new LstmPass(inputs, units);
      case GRU -> new GruPass(inputs, units);
      case GRU_RESET_AFTER -> new ResetAfterGruPass(inputs, units);
      case RNN -> new RnnPass(inputs, units);
    };
  }

  /**
   * Computes the outputs.
   *
   * @param places of the tokens in {@code input}, as the direction reads them
   * @param input {@code [time, batch, inputs]}
   * @param training whether {@link #backward} will follow
   */
  final void forward(
      TokenOrder order,
      int[] places,
      FloatBuffer input,
      RecurrentWeights weights,
      Dropouts dropouts,
      boolean training,
      RowValues outputs) {
    this.trace = training ? order : null;
    this.places = places;
    this.dropouts = dropouts;
    x = inputMemory.of((long) order.tokens() * inputs);
    sums = planeMemory.of((long) biasLosses.length * order.tokens() * units);
    before = beforeMemory.of((long) order.tokens() * units);
    block = roomIn(block, order.rowsAt(0) * Math.max(inputs, units));
    pack(order, input);
    multiplyInputs(order, matrices(weights.kernel(), inputs, kernelMemory));
    recurrent = matrices(weights.recurrentKernel(), units, recurrentMemory);
    begin(order, weights.bias().toFloatVector(), training);
    for (int step = 0; step < order.steps(); step++) {
      float[] h = step(order, step);
      outputs.put(order, places, step, h, units);
      keepBefore(order, step + 1, h);
    }
  }

  /** Makes ready for a batch. */
  abstract void begin(TokenOrder order, float[] bias, boolean training);

  /** Computes a step's outputs, {@code [rows at the step * units]}. */
  abstract float[] step(TokenOrder order, int step);

  /**
   * Computes a step's losses by its sums into the planes.
   *
   * @param loss by the step's outputs, {@code [rows at the step * units]}; receives that by the
   *     outputs before it, of any values at the first step
   */
  abstract void stepBack(TokenOrder order, int step, float[] loss);

  /** Gathers the tokens' inputs in their order. */
  private void pack(TokenOrder order, FloatBuffer input) {
    for (int step = 0; step < order.steps(); step++) {
      int start = order.start(step);
      int rows = order.rowsAt(step);
      for (int row = 0; row < rows; row++) {
        input.get(places[start + row] * inputs, block, row * inputs, inputs);
      }
      if (dropouts.inputs != null) {
        RecurrentLoops.multiplyBy(block, dropouts.inputs, rows * inputs);
      }
      x.position((long) start * inputs).put(block, 0, rows * inputs);
    }
  }

  private void multiplyInputs(TokenOrder order, FloatPointer kernel) {
    for (int from = 0; from < order.tokens(); from += BLOCK) {
      int tokens = Math.min(BLOCK, order.tokens() - from);
      for (int gate = 0; gate < gates; gate++) {
        kernel.position((long) gate * inputs * units);
        x.position((long) from * inputs);
        OpenBlas.setProduct(tokens, units, inputs, x, kernel, plane(gate, order, from));
      }
    }
  }

  /** Each gate's part of a kernel as a matrix {@code [rows, units]}. */
  private FloatPointer matrices(INDArray kernel, int rows, Room memory) {
    FloatPointer target = memory.of((long) gates * units * rows); // [gate, rows, units]
    FloatPointer source = Sequences.pointer(kernel); // [gate, units, rows]
    Transposition.of(gates, units, rows, source, target);
    return target;
  }

  /** Keeps the outputs that the next step's products read. */
  private void keepBefore(TokenOrder order, int next, float[] h) {
    int cells = order.rowsAt(next) * units;
    if (cells == 0) {
      return;
    }
    before.position((long) order.start(next) * units).put(dropped(h, cells), 0, cells);
  }

  /** The outputs as recurrent products read them; valid until the next call. */
  final float[] dropped(float[] h, int cells) {
    if (dropouts.outputs == null) {
      return h;
    }
    RecurrentLoops.multiply(h, dropouts.outputs, block, cells);
    return block;
  }

  /** Scales a loss by what recurrent products read to one by the outputs themselves. */
  final void dropLoss(float[] values, int cells) {
    if (dropouts.outputs != null) {
      RecurrentLoops.multiplyBy(values, dropouts.outputs, cells);
    }
  }

  /** A plane from one of its tokens on. */
  private FloatPointer plane(int plane, TokenOrder order, int token) {
    return sums.position(((long) plane * order.tokens() + token) * units);
  }

  /** Copies a step's rows of a plane into an array. */
  final void read(TokenOrder order, int step, int plane, float[] target) {
    plane(plane, order, order.start(step)).get(target, 0, order.rowsAt(step) * units);
  }

  /** Copies a step's losses into a plane, and counts them in for the biases. */
  final void writeLoss(TokenOrder order, int step, int plane, float[] source) {
    int cells = order.rowsAt(step) * units;
    plane(plane, order, order.start(step)).put(source, 0, cells);
    VectorLoops.add(biasLosses[plane], source, cells);
  }

  /** Adds to a gate's sums the product of the outputs before with its recurrent kernel. */
  final void addRecurrent(TokenOrder order, int step, int gate) {
    before.position((long) order.start(step) * units);
    addRecurrent(order, step, gate, before);
  }

  /** Adds to a gate's sums the product of {@code [rows, units]} with its recurrent kernel. */
  final void addRecurrent(TokenOrder order, int step, int gate, FloatPointer factor) {
    recurrent.position((long) gate * units * units);
    FloatPointer target = plane(gate, order, order.start(step));
    OpenBlas.addProduct(order.rowsAt(step), units, units, factor, recurrent, target);
  }

  /** Sets a plane to the product of the outputs before with a gate's recurrent kernel. */
  final void setRecurrent(TokenOrder order, int step, int gate, int plane) {
    recurrent.position((long) gate * units * units);
    before.position((long) order.start(step) * units);
    FloatPointer target = plane(plane, order, order.start(step));
    OpenBlas.setProduct(order.rowsAt(step), units, units, before, recurrent, target);
  }

  /**
   * Computes the loss by what the recurrent products of a step read.
   *
   * @param gates those meant
   * @param result {@code [rows at the step * units]}
   */
  final void lossBefore(TokenOrder order, int step, float[] result, int... gates) {
    int rows = order.rowsAt(step);
    FloatPointer target = lossMemory.of((long) rows * units);
    for (int i = 0; i < gates.length; i++) {
      FloatPointer source = plane(lossPlane(gates[i]), order, order.start(step));
      transposed.position((long) gates[i] * units * units);
      if (i == 0) {
        OpenBlas.setProduct(rows, units, units, source, transposed, target);
      } else {
        OpenBlas.addProduct(rows, units, units, source, transposed, target);
      }
    }
    target.get(result, 0, rows * units);
  }

  /** The plane of the losses by a gate's recurrent product. */
  int lossPlane(int gate) {
    return gate;
  }

  /** What a gate's recurrent products read, {@code [tokens, units]}, any values at step 0. */
  FloatPointer factor(int gate) {
    return before;
  }

  /**
   * Computes the losses, once after each {@link #forward} of a step of training.
   *
   * @param losses by the outputs
   * @param inputLoss receives the loss by the input, {@code [time, batch, inputs]}
   * @param add whether it is added to what is there; otherwise places without a token are left
   * @param gradients receive the losses by the weights
   */
  final void backward(
      RowValues losses,
      FloatBuffer inputLoss,
      boolean add,
      RecurrentWeights weights,
      RecurrentWeights gradients) {
    TokenOrder order = trace;
    if (order == null) {
      throw new IllegalStateException("no forward pass of a step of training went before");
    }
    trace = null;
    transposed = Sequences.pointer(weights.recurrentKernel());
    stepsBack(order, losses);
    putBiasLosses(order, Sequences.pointer(gradients.bias()));
    Sequences.cleared(gradients.kernel());
    Sequences.cleared(gradients.recurrentKernel());
    addKernelLosses(
        order,
        Sequences.pointer(gradients.kernel()),
        Sequences.pointer(gradients.recurrentKernel()));
    computeInputLoss(order, Sequences.pointer(weights.kernel()));
    unpack(order, inputLoss, add);
  }

  private void stepsBack(TokenOrder order, RowValues losses) {
    int most = order.rowsAt(0) * units;
    loss = roomIn(loss, most);
    for (int plane = 0; plane < biasLosses.length; plane++) {
      biasLosses[plane] = roomIn(biasLosses[plane], most);
      Arrays.fill(biasLosses[plane], 0, most, 0);
    }
    for (int step = order.steps() - 1; step >= 0; step--) {
      int cells = order.rowsAt(step) * units;
      Arrays.fill(loss, order.rowsAt(step + 1) * units, cells, 0);
      if (losses.sequences()) {
        losses.get(order, places, step, block, units);
        VectorLoops.add(loss, block, cells);
      } else {
        losses.get(order, places, step, loss, units);
      }
      stepBack(order, step, loss);
    }
  }

  private void putBiasLosses(TokenOrder order, FloatPointer gradient) {
    float[] sum = new float[units];
    float[] row = new float[units];
    for (int bias = 0; bias < biasPlanes.length; bias++) {
      float[] losses = biasLosses[biasPlanes[bias]]; // [rows * units]
      Arrays.fill(sum, 0);
      for (int from = 0; from < order.rowsAt(0) * units; from += units) {
        System.arraycopy(losses, from, row, 0, units);
        VectorLoops.add(sum, row, units);
      }
      gradient.position((long) bias * units).put(sum, 0, units);
    }
  }

  private void addKernelLosses(
      TokenOrder order, FloatPointer kernel, FloatPointer recurrentKernel) {
    int first = order.rowsAt(0); // The first step has no outputs before it.
    for (int from = 0; from < order.tokens(); from += BLOCK) {
      int tokens = Math.min(BLOCK, order.tokens() - from);
      int later = Math.max(from, first);
      for (int gate = 0; gate < gates; gate++) {
        x.position((long) from * inputs);
        kernel.position((long) gate * units * inputs);
        FloatPointer losses = plane(gate, order, from);
        OpenBlas.addTransposedProduct(units, inputs, tokens, losses, x, kernel);
        if (from + tokens > later) {
          FloatPointer read = factor(gate).position((long) later * units);
          recurrentKernel.position((long) gate * units * units);
          losses = plane(lossPlane(gate), order, later);
          OpenBlas.addTransposedProduct(
              units, units, from + tokens - later, losses, read, recurrentKernel);
        }
      }
    }
  }

  /** Computes the loss by the packed inputs into their place: they are not needed any more. */
  private void computeInputLoss(TokenOrder order, FloatPointer kernel) {
    for (int from = 0; from < order.tokens(); from += BLOCK) {
      int tokens = Math.min(BLOCK, order.tokens() - from);
      x.position((long) from * inputs);
      for (int gate = 0; gate < gates; gate++) {
        kernel.position((long) gate * units * inputs);
        FloatPointer losses = plane(gate, order, from);
        if (gate == 0) {
          OpenBlas.setProduct(tokens, inputs, units, losses, kernel, x);
        } else {
          OpenBlas.addProduct(tokens, inputs, units, losses, kernel, x);
        }
      }
    }
  }

  /** Puts the loss by the packed inputs to the tokens' places, or adds it. */
  private void unpack(TokenOrder order, FloatBuffer inputLoss, boolean add) {
    more = roomIn(more, add ? order.rowsAt(0) * inputs : 0);
    for (int step = 0; step < order.steps(); step++) {
      int start = order.start(step);
      int rows = order.rowsAt(step);
      x.position((long) start * inputs).get(block, 0, rows * inputs);
      if (dropouts.inputs != null) {
        RecurrentLoops.multiplyBy(block, dropouts.inputs, rows * inputs);
      }
      if (add) {
        for (int row = 0; row < rows; row++) {
          inputLoss.get(places[start + row] * inputs, more, row * inputs, inputs);
        }
        VectorLoops.add(block, more, rows * inputs);
      }
      for (int row = 0; row < rows; row++) {
        inputLoss.put(places[start + row] * inputs, block, row * inputs, inputs);
      }
    }
  }

  /** The array, or a longer one where it is too short. */
  static float[] roomIn(float[] array, int length) {
    return array.length >= length ? array : new float[length];
  }

  /** Each unit's value as often as there are rows: {@code [rows * units]}. */
  static float[] tiled(float[] values, int from, int units, int rows) {
    float[] tiled = new float[rows * units];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, from, tiled, row * units, units);
    }
    return tiled;
  }
}
