package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;
import java.util.Arrays;

/**
 * LSTM (Hochreiter and Schmidhuber 1997, forget gate of Gers et al. 2000). Gates in the order
 * candidate, forget, output, input, as Deeplearning4j has them.
 */
final class LstmPass extends RecurrentPass {
  private static final int CANDIDATE = 0;
  private static final int FORGET = 1;
  private static final int OUTPUT = 2;
  private static final int INPUT = 3;
  private static final int GATES = 4;

  private final StepArrays[] memory = new StepArrays[GATES + 2];
  private final float[][][] gates = new float[GATES][][]; // [gate][step][rows * units]
  private final float[][] biases = new float[GATES][]; // [gate][rows * units]
  private final float[][] losses = new float[GATES][0]; // [gate][rows * units]
  private float[][] cell = {}; // [step][rows * units]
  private float[][] cellTanh = {};
  private float[] h = {};
  private float[] cellLoss = {};

  LstmPass(int inputs, int units) {
    super(inputs, units, GATES, CANDIDATE, FORGET, OUTPUT, INPUT);
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
    cell = memory[GATES].of(order, units, training);
    cellTanh = memory[GATES + 1].of(order, units, training);
    h = roomIn(h, rows * units);
    cellLoss = roomIn(cellLoss, training ? rows * units : 0);
  }

  @Override
  float[] step(TokenOrder order, int step) {
    int n = order.rowsAt(step) * units;
    for (int gate = 0; gate < GATES; gate++) {
      if (step > 0) {
        addRecurrent(order, step, gate);
      }
      read(order, step, gate, gates[gate][step]);
    }
    float[] candidate = gates[CANDIDATE][step];
    float[] input = gates[INPUT][step];
    VectorLoops.tanhOfSum(candidate, biases[CANDIDATE], n);
    RecurrentLoops.sigmoidOfSum(gates[FORGET][step], biases[FORGET], n);
    RecurrentLoops.sigmoidOfSum(gates[OUTPUT][step], biases[OUTPUT], n);
    RecurrentLoops.sigmoidOfSum(input, biases[INPUT], n);
    if (step == 0) {
      RecurrentLoops.multiply(input, candidate, cell[0], n);
    } else {
      RecurrentLoops.sumOfProducts(
          gates[FORGET][step], cell[step - 1], input, candidate, cell[step], n);
    }
    VectorLoops.tanh(cell[step], cellTanh[step], n);
    RecurrentLoops.multiply(gates[OUTPUT][step], cellTanh[step], h, n);
    return h;
  }

  @Override
  void stepBack(TokenOrder order, int step, float[] loss) {
    int n = order.rowsAt(step) * units;
    float[] candidate = gates[CANDIDATE][step];
    float[] forget = gates[FORGET][step];
    float[] output = gates[OUTPUT][step];
    float[] input = gates[INPUT][step];
    Arrays.fill(cellLoss, order.rowsAt(step + 1) * units, n, 0);
    RecurrentLoops.gateLoss(loss, cellTanh[step], output, losses[OUTPUT], n);
    RecurrentLoops.addCellLoss(cellLoss, loss, output, cellTanh[step], n);
    RecurrentLoops.candidateLoss(cellLoss, input, candidate, losses[CANDIDATE], n);
    RecurrentLoops.gateLoss(cellLoss, candidate, input, losses[INPUT], n);
    if (step == 0) {
      Arrays.fill(losses[FORGET], 0, n, 0);
    } else {
      RecurrentLoops.gateLoss(cellLoss, cell[step - 1], forget, losses[FORGET], n);
      RecurrentLoops.multiplyBy(cellLoss, forget, n);
    }
    for (int gate = 0; gate < GATES; gate++) {
      writeLoss(order, step, gate, losses[gate]);
    }
    if (step > 0) {
      lossBefore(order, step, loss, CANDIDATE, FORGET, OUTPUT, INPUT);
      dropLoss(loss, n);
    }
  }
}
