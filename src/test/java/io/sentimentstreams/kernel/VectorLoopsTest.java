package io.sentimentstreams.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Each loop against its definition in double precision, on the first elements only. */
final class VectorLoopsTest {
  private static final int LENGTH = 1003;
  private static final int N = 1000;

  private final float[] a = random(1);
  private final float[] b = random(2);
  private final float[] c = random(3);
  private final float[] d = random(4);
  private final float[] e = random(5);

  private static float[] random(long seed) {
    Random random = new Random(seed);
    float[] values = new float[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      values[i] = (float) random.nextGaussian() * 3;
    }
    return values;
  }

  /** The first are as defined, the rest as before. */
  private static void assertFirst(float[] actual, float[] before, IntToDoubleFunction expected) {
    for (int i = 0; i < N; i++) {
      assertThat((double) actual[i]).isCloseTo(expected.applyAsDouble(i), within(4e-6));
    }
    for (int i = N; i < LENGTH; i++) {
      assertThat(actual[i]).isEqualTo(before[i]);
    }
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double relu(double x) {
    return Math.max(0, x);
  }

  @Test
  void tanhOfSum_anyValues_isTanhOfTheSum() {
    float[] z = a.clone();
    VectorLoops.tanhOfSum(z, b, N);
    assertFirst(z, a, i -> Math.tanh((double) a[i] + b[i]));
  }

  @Test
  void tanh_ofItself_isTanh() {
    float[] z = a.clone();
    VectorLoops.tanh(z, z, N);
    assertFirst(z, a, i -> Math.tanh(a[i]));
  }

  @Test
  void cell_gatesOfHalvedSums_isTheLstmsCell() {
    float[] cell = c.clone();
    VectorLoops.cell(tanhOfHalf(a), tanhOfHalf(b), d, cell, N);
    assertFirst(cell, c, i -> sigmoid(b[i]) * c[i] + sigmoid(a[i]) * d[i]);
  }

  @Test
  void firstCell_gatesOfHalvedSums_isTheLstmsCellAfterZero() {
    float[] cell = c.clone();
    VectorLoops.firstCell(tanhOfHalf(a), d, cell, N);
    assertFirst(cell, c, i -> sigmoid(a[i]) * d[i]);
  }

  @Test
  void output_gateOfHalvedSums_isTheLstmsOutput() {
    float[] h = c.clone();
    VectorLoops.output(tanhOfHalf(a), d, h, N);
    assertFirst(h, c, i -> sigmoid(a[i]) * d[i]);
  }

  private static float[] tanhOfHalf(float[] values) {
    float[] result = values.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) Math.tanh(values[i] / 2.0);
    }
    return result;
  }

  @Test
  void sums_anyValues_areSums() {
    float[] added = a.clone();
    VectorLoops.add(added, b, N);
    assertFirst(added, a, i -> (double) a[i] + b[i]);

    float[] three = e.clone();
    VectorLoops.sum(a, b, c, three, N);
    assertFirst(three, e, i -> (double) a[i] + b[i] + c[i]);

    float[] five = a.clone();
    VectorLoops.sum(a, b, c, d, e, five, N);
    assertFirst(five, a, i -> (double) a[i] + b[i] + c[i] + d[i] + e[i]);
  }

  @Test
  void relus_anyValues_areZeroBelowZero() {
    float[] one = a.clone();
    VectorLoops.relu(one, N);
    assertFirst(one, a, i -> relu(a[i]));

    float[] added = b.clone();
    VectorLoops.addRelu(added, a, N);
    assertFirst(added, b, i -> b[i] + relu(a[i]));
  }

  @Test
  void maxima_anyValues_areTheLarger() {
    float[] two = a.clone();
    VectorLoops.max(two, b, N);
    assertFirst(two, a, i -> Math.max(a[i], b[i]));

    float[] three = a.clone();
    VectorLoops.maxOfSum(three, b, c, d, N);
    assertFirst(three, a, i -> Math.max(a[i], (double) b[i] + c[i] + d[i]));

    float[] five = a.clone();
    VectorLoops.maxOfSum(five, a, b, c, d, e, N);
    assertFirst(five, a, i -> Math.max(a[i], (double) a[i] + b[i] + c[i] + d[i] + e[i]));
  }

  @Test
  void max_smallerValues_leavesTheLargestToTheBit() {
    float[] largest = a.clone();
    float[] smaller = a.clone();
    for (int i = 0; i < LENGTH; i++) {
      smaller[i] -= Math.abs(b[i]);
    }
    for (int time = 0; time < 1000; time++) {
      VectorLoops.max(largest, smaller, N);
    }
    assertThat(largest).containsExactly(a);
  }
}
