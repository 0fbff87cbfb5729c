package io.sentimentstreams.layers;

/**
 * How a GRU's update gate mixes its output, {@code h = update * before + (1 - update) * candidate},
 * with nothing before the first step. The same whichever way the reset gate acts.
 */
final class GruMix {
  private GruMix() {}

  /**
   * Computes a step's outputs.
   *
   * @param outputs {@code [step][rows * units]}; receives those of the step
   * @param n rows of the step, times units
   */
  static void apply(float[] update, float[] candidate, float[][] outputs, int step, int n) {
    if (step == 0) {
      RecurrentLoops.firstMix(update, candidate, outputs[0], n);
    } else {
      RecurrentLoops.mix(update, outputs[step - 1], candidate, outputs[step], n);
    }
  }

  /** Computes the loss by the sums of the update gate from that by a step's outputs. */
  static void updateLoss(
      float[] loss,
      float[] update,
      float[] candidate,
      float[][] outputs,
      int step,
      float[] result,
      int n) {
    if (step == 0) {
      RecurrentLoops.firstUpdateLoss(loss, candidate, update, result, n);
    } else {
      RecurrentLoops.updateLoss(loss, outputs[step - 1], candidate, update, result, n);
    }
  }
}
