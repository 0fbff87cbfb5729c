package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.VectorLoops;

/** Simple recurrent layer (Elman 1990), tanh. */
final class RnnPass extends RecurrentPass {
  private final StepArrays memory = new StepArrays();
  private float[][] outputs = {}; // [step][rows * units]
  private float[] biases = {}; // [rows * units]
  private float[] sumLoss = {}; // [rows * units]

  RnnPass(int inputs, int units) {
    super(inputs, units, 1, 0);
  }

  @Override
  void begin(TokenOrder order, float[] bias, boolean training) {
    int rows = order.rowsAt(0);
    outputs = memory.of(order, units, training);
    biases = tiled(bias, 0, units, rows);
    sumLoss = roomIn(sumLoss, training ? rows * units : 0);
  }

  @Override
  float[] step(TokenOrder order, int step) {
    if (step > 0) {
      addRecurrent(order, step, 0);
    }
    read(order, step, 0, outputs[step]);
    VectorLoops.tanhOfSum(outputs[step], biases, order.rowsAt(step) * units);
    return outputs[step];
  }

  @Override
  void stepBack(TokenOrder order, int step, float[] loss) {
    int n = order.rowsAt(step) * units;
    RecurrentLoops.tanhLoss(loss, outputs[step], sumLoss, n);
    writeLoss(order, step, 0, sumLoss);
    if (step > 0) {
      lossBefore(order, step, loss, 0);
      dropLoss(loss, n);
    }
  }
}
