package io.sentimentstreams.kernel;

/**
 * Loops over arrays in the form that HotSpot's C2 turns into vector instructions: one short loop a
 * method, the same index on every array, no offset, no branch. With an offset that is not a
 * constant ({@code a[from + i]}), or with several passes in one loop, they run 4 to 10 times as
 * long. All work on the first {@code n} elements.
 */
public final class VectorLoops {
  private VectorLoops() {}

  /** {@code z = tanh(z + r)}; sums up to 1e7. */
  public static void tanhOfSum(float[] z, float[] r, int n) {
    for (int i = 0; i < n; i++) {
      z[i] = Tanh.ofModerate(z[i] + r[i]);
    }
  }

  /** {@code result = tanh(z)}; values up to 1e7. */
  public static void tanh(float[] z, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = Tanh.ofModerate(z[i]);
    }
  }

  /**
   * An LSTM's cell, {@code c = f * c + i * g}, where {@code tanhI} and {@code tanhF} are the tanh
   * of half the gates' sums: {@code sigmoid(x) = tanh(x / 2) / 2 + 1/2}.
   */
  public static void cell(float[] tanhI, float[] tanhF, float[] g, float[] c, int n) {
    for (int k = 0; k < n; k++) {
      float forget = MultiplyAdd.of(0.5f, tanhF[k], 0.5f);
      float input = MultiplyAdd.of(0.5f, tanhI[k], 0.5f);
      c[k] = MultiplyAdd.of(forget, c[k], input * g[k]);
    }
  }

  /** An LSTM's first cell, {@code c = i * g}. */
  public static void firstCell(float[] tanhI, float[] g, float[] c, int n) {
    for (int k = 0; k < n; k++) {
      c[k] = MultiplyAdd.of(0.5f, tanhI[k], 0.5f) * g[k];
    }
  }

  /** An LSTM's output, {@code h = o * tanhC}. */
  public static void output(float[] tanhO, float[] tanhC, float[] h, int n) {
    for (int k = 0; k < n; k++) {
      h[k] = MultiplyAdd.of(0.5f, tanhO[k], 0.5f) * tanhC[k];
    }
  }

  /** {@code sum += a}. */
  public static void add(float[] sum, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] += a[i];
    }
  }

  /** {@code a -= b}. */
  public static void subtract(float[] a, float[] b, int n) {
    for (int i = 0; i < n; i++) {
      a[i] -= b[i];
    }
  }

  /** {@code sum += relu(a)}. */
  public static void addRelu(float[] sum, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      sum[i] = MultiplyAdd.of(0.5f, a[i] + Math.abs(a[i]), sum[i]);
    }
  }

  /** {@code a = relu(a)}. */
  public static void relu(float[] a, int n) {
    for (int i = 0; i < n; i++) {
      a[i] = 0.5f * (a[i] + Math.abs(a[i]));
    }
  }

  /** {@code result = a + b + c}. */
  public static void sum(float[] a, float[] b, float[] c, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = a[i] + b[i] + c[i];
    }
  }

  /** {@code result = a + b + c + d + e}. */
  public static void sum(
      float[] a, float[] b, float[] c, float[] d, float[] e, float[] result, int n) {
    for (int i = 0; i < n; i++) {
      result[i] = ((a[i] + b[i]) + (c[i] + d[i])) + e[i];
    }
  }

  /**
   * {@code largest = max(largest, a)}, as {@code largest + relu(a - largest)}: exact where it
   * stays; where it grows, within two roundings of numbers up to the size of {@code a - largest}.
   * Half the instructions of {@link Math#max}.
   */
  public static void max(float[] largest, float[] a, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = larger(largest[i], a[i]);
    }
  }

  /** {@code largest = max(largest, a + b + c)}. */
  public static void maxOfSum(float[] largest, float[] a, float[] b, float[] c, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = larger(largest[i], a[i] + b[i] + c[i]);
    }
  }

  /** {@code largest = max(largest, a + b + c + d + e)}. */
  public static void maxOfSum(
      float[] largest, float[] a, float[] b, float[] c, float[] d, float[] e, int n) {
    for (int i = 0; i < n; i++) {
      largest[i] = larger(largest[i], ((a[i] + b[i]) + (c[i] + d[i])) + e[i]);
    }
  }

  private static float larger(float largest, float a) {
    float more = a - largest;
    return MultiplyAdd.of(0.5f, more + Math.abs(more), largest);
  }
}
