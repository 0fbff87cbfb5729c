package io.sentimentstreams.layers;

import io.sentimentstreams.kernel.MultiplyAdd;
import io.sentimentstreams.kernel.Tanh;

/**
 * The element-wise part of recurrent layers, forward and backward, in the form that HotSpot
 * vectorizes: see {@link io.sentimentstreams.kernel.VectorLoops}. All work on the first {@code n}
 * elements.
 */
final class RecurrentLoops {
  private RecurrentLoops() {}

  /** {@code z = sigmoid(z + r)}, by {@code sigmoid(x) = tanh(x / 2) / 2 + 1/2}. */
  static void sigmoidOfSum(float[] z, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = MultiplyAdd.of(0.5f, Tanh.ofModerate(0.5f * (z[i] + r[i])), 0.5f);
    }
  }

  /** {@code product = a * b}. */
  static void multiply(float[] a, float[] b, float[] product, int n) {
    for (int i = 0; i < n; i++) {
      product[i] = a[i] * b[i];
    }
  }

  /** {@code a = a * b}. */
  static void multiplyBy(float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] *= b[i];
    }
  }

  /** {@code sum += a * b}. */
  static void addProduct(float[] sum, float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] = MultiplyAdd.of(a[i], b[i], sum[i]);
    }
  }

  /** {@code result = a * b + c * d}. */
  static void sumOfProducts(float[] a, float[] b, float[] c, float[] d, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = MultiplyAdd.of(a[i], b[i], c[i] * d[i]);
    }
  }

  /** Loss by the sum of a sigmoid gate that multiplies {@code gated}. */
  static void gateLoss(float[] loss, float[] gated, float[] gate, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = loss[i] * gated[i] * gate[i] * (1 - gate[i]);
    }
  }

  /** Loss by the sum of a tanh that is multiplied by {@code gate}. */
  static void candidateLoss(float[] loss, float[] gate, float[] candidate, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = loss[i] * gate[i] * (1 - candidate[i] * candidate[i]);
    }
  }

  /** Loss by the sum of a tanh. */
  static void tanhLoss(float[] loss, float[] tanh, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = loss[i] * (1 - tanh[i] * tanh[i]);
    }
  }

  /** Adds to the loss by an LSTM's cell what comes from its output. */
  static void addCellLoss(float[] cellLoss, float[] loss, float[] output, float[] tanh, int n) {
    for (int i = 0; i < n; i++) {
      cellLoss[i] = MultiplyAdd.of(loss[i] * output[i], 1 - tanh[i] * tanh[i], cellLoss[i]);
    }
  }

  /** A GRU's output, {@code h = z * before + (1 - z) * candidate}. */
  static void mix(float[] z, float[] before, float[] candidate, float[] h, int n) {
    for (int i = 0; i < n; i++) {
      h[i] = MultiplyAdd.of(z[i], before[i] - candidate[i], candidate[i]);
    }
  }

  /** A GRU's first output, {@code h = (1 - z) * candidate}. */
  static void firstMix(float[] z, float[] candidate, float[] h, int n) {
    for (int i = 0; i < n; i++) {
      h[i] = candidate[i] - z[i] * candidate[i];
    }
  }

  /** Loss by the sum of a GRU's update gate. */
  static void updateLoss(
      float[] loss, float[] before, float[] candidate, float[] z, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = loss[i] * (before[i] - candidate[i]) * z[i] * (1 - z[i]);
    }
  }

  /** Loss by the sum of a GRU's update gate where no output went before. */
  static void firstUpdateLoss(float[] loss, float[] candidate, float[] z, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = -loss[i] * candidate[i] * z[i] * (1 - z[i]);
    }
  }

  /** Loss by the sum of a GRU's candidate. */
  static void mixLoss(float[] loss, float[] z, float[] candidate, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = loss[i] * (1 - z[i]) * (1 - candidate[i] * candidate[i]);
    }
  }
}
