package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;
import java.util.Arrays;

/**
 * GRU whose reset gate acts after the recurrent product, which has biases of its own (as Keras with
 * {@code reset_after=True}, and cuDNN). Gates in Keras' order: update, reset, candidate; biases of
 * the input products, then of the recurrent ones.
 */
final class ResetAfterGruPass extends RecurrentPass {
  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE = 2;
  private static final int GATES = 3;

  /** The plane of the candidate's recurrent products. */
  private static final int RECURRENT = 3;

  private static final int PLANES = 4;

  private final StepArrays[] memory = new StepArrays[PLANES + 1];
  private final float[][][] values = new float[PLANES][][]; // [plane][step][rows * units]
  private final float[][] biases = new float[PLANES][]; // [plane][rows * units]
  private final float[][] losses = new float[PLANES][0]; // [plane][rows * units]
  private float[][] outputs = {}; // [step][rows * units]

  ResetAfterGruPass(int inputs, int units) {
    super(inputs, units, GATES, UPDATE, RESET, CANDIDATE, UPDATE, RESET, RECURRENT);
    Arrays.setAll(memory, i -> new StepArrays());
  }

  @Override
  void begin(TokenOrder order, float[] bias, boolean training) {
    int rows = order.rowsAt(0);
    for (int plane = 0; plane < PLANES; plane++) {
      values[plane] = memory[plane].of(order, units, training);
      losses[plane] = roomIn(losses[plane], training ? rows * units : 0);
    }
    outputs = memory[PLANES].of(order, units, training);
    for (int plane = 0; plane < GATES; plane++) {
      biases[plane] = tiled(bias, plane * units, units, rows);
    }
    float[] update = tiled(bias, (GATES + UPDATE) * units, units, rows);
    float[] reset = tiled(bias, (GATES + RESET) * units, units, rows);
    VectorLoops.add(biases[UPDATE], update, update.length);
    VectorLoops.add(biases[RESET], reset, reset.length);
    biases[RECURRENT] = tiled(bias, (GATES + CANDIDATE) * units, units, rows);
  }

  @Override
  float[] step(TokenOrder order, int step) {
    int n = order.rowsAt(step) * units;
    float[] update = values[UPDATE][step];
    float[] reset = values[RESET][step];
    float[] candidate = values[CANDIDATE][step];
    float[] recurrent = values[RECURRENT][step];
    System.arraycopy(biases[RECURRENT], 0, recurrent, 0, n);
    if (step > 0) {
      addRecurrent(order, step, UPDATE);
      addRecurrent(order, step, RESET);
      setRecurrent(order, step, CANDIDATE, RECURRENT);
      read(order, step, RECURRENT, recurrent);
      VectorLoops.add(recurrent, biases[RECURRENT], n);
    }
    read(order, step, UPDATE, update);
    read(order, step, RESET, reset);
    read(order, step, CANDIDATE, candidate);
    RecurrentLoops.sigmoidOfSum(update, biases[UPDATE], n);
    RecurrentLoops.sigmoidOfSum(reset, biases[RESET], n);
    RecurrentLoops.addProduct(candidate, reset, recurrent, n);
    VectorLoops.tanhOfSum(candidate, biases[CANDIDATE], n);
    GruMix.apply(update, candidate, outputs, step, n);
    return outputs[step];
  }

  @Override
  void stepBack(TokenOrder order, int step, float[] loss) {
    int n = order.rowsAt(step) * units;
    float[] update = values[UPDATE][step];
    float[] reset = values[RESET][step];
    float[] candidate = values[CANDIDATE][step];
    RecurrentLoops.mixLoss(loss, update, candidate, losses[CANDIDATE], n);
    RecurrentLoops.multiply(losses[CANDIDATE], reset, losses[RECURRENT], n);
    RecurrentLoops.gateLoss(losses[CANDIDATE], values[RECURRENT][step], reset, losses[RESET], n);
    GruMix.updateLoss(loss, update, candidate, outputs, step, losses[UPDATE], n);
    for (int plane = 0; plane < PLANES; plane++) {
      writeLoss(order, step, plane, losses[plane]);
    }
    if (step > 0) {
      RecurrentLoops.multiplyBy(loss, update, n);
      float[] recurrent = losses[RECURRENT];
      lossBefore(order, step, recurrent, UPDATE, RESET, CANDIDATE);
      dropLoss(recurrent, n);
      VectorLoops.add(loss, recurrent, n);
    }
  }

  @Override
  int lossPlane(int gate) {
    return gate == CANDIDATE ? RECURRENT : gate;
  }
}
