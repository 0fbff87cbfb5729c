package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;
import java.util.Arrays;
import org.bytedeco.javacpp.FloatPointer;

/**
 * GRU whose reset gate acts before the recurrent product (Cho et al. 2014, as Keras with {@code
 * reset_after=False}). Gates in Keras' order: update, reset, candidate.
 */
final class GruPass extends RecurrentPass {
  private static final int UPDATE = 0;
  private static final int RESET = 1;
  private static final int CANDIDATE = 2;
  private static final int GATES = 3;

  private final StepArrays[] memory = new StepArrays[GATES + 1];
  private final Room keptMemory = new Room();
  private final float[][][] gates = new float[GATES][][]; // [gate][step][rows * units]
  private final float[][] biases = new float[GATES][]; // [gate][rows * units]
  private final float[][] losses = new float[GATES][0]; // [gate][rows * units]
  private float[][] outputs = {}; // [step][rows * units]
  private float[] kept = {}; // [rows * units]
  private FloatPointer nativeKept = new FloatPointer(); // [tokens, units] reset * outputs before

  GruPass(int inputs, int units) {
    super(inputs, units, GATES, UPDATE, RESET, CANDIDATE);
    Arrays.setAll(memory, i -> new StepArrays());
  }

  @Override
  void begin(TokenOrder order, float[] bias, boolean training) {
    int rows = order.rowsAt(0);
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = memory[gate].of(order, units, training);
      biases[gate] = tiled(bias, gate * units, units, rows);
      losses[gate] = roomIn(losses[gate], training ? rows * units : 0);
    }
    outputs = memory[GATES].of(order, units, training);
    kept = roomIn(kept, rows * units);
    nativeKept = keptMemory.of((long) order.tokens() * units);
  }

  @Override
  float[] step(TokenOrder order, int step) {
    int n = order.rowsAt(step) * units;
    float[] update = gates[UPDATE][step];
    float[] reset = gates[RESET][step];
    float[] candidate = gates[CANDIDATE][step];
    if (step > 0) {
      addRecurrent(order, step, UPDATE);
      addRecurrent(order, step, RESET);
    }
    read(order, step, UPDATE, update);
    read(order, step, RESET, reset);
    RecurrentLoops.sigmoidOfSum(update, biases[UPDATE], n);
    RecurrentLoops.sigmoidOfSum(reset, biases[RESET], n);
    if (step > 0) {
      RecurrentLoops.multiply(reset, dropped(outputs[step - 1], n), kept, n);
      nativeKept.position((long) order.start(step) * units).put(kept, 0, n);
      addRecurrent(order, step, CANDIDATE, nativeKept);
    }
    read(order, step, CANDIDATE, candidate);
    VectorLoops.tanhOfSum(candidate, biases[CANDIDATE], n);
    GruMix.apply(update, candidate, outputs, step, n);
    return outputs[step];
  }

  @Override
  void stepBack(TokenOrder order, int step, float[] loss) {
    int n = order.rowsAt(step) * units;
    float[] update = gates[UPDATE][step];
    float[] reset = gates[RESET][step];
    float[] candidate = gates[CANDIDATE][step];
    RecurrentLoops.mixLoss(loss, update, candidate, losses[CANDIDATE], n);
    writeLoss(order, step, CANDIDATE, losses[CANDIDATE]);
    GruMix.updateLoss(loss, update, candidate, outputs, step, losses[UPDATE], n);
    writeLoss(order, step, UPDATE, losses[UPDATE]);
    if (step == 0) {
      Arrays.fill(losses[RESET], 0, n, 0);
      writeLoss(order, step, RESET, losses[RESET]);
      return;
    }
    lossBefore(order, step, kept, CANDIDATE);
    RecurrentLoops.gateLoss(kept, dropped(outputs[step - 1], n), reset, losses[RESET], n);
    writeLoss(order, step, RESET, losses[RESET]);
    RecurrentLoops.multiplyBy(kept, reset, n);
    RecurrentLoops.multiplyBy(loss, update, n);
    float[] gated = losses[CANDIDATE];
    lossBefore(order, step, gated, UPDATE, RESET);
    VectorLoops.add(gated, kept, n);
    dropLoss(gated, n);
    VectorLoops.add(loss, gated, n);
  }

  @Override
  FloatPointer factor(int gate) {
    return gate == CANDIDATE ? nativeKept : super.factor(gate);
  }
}
