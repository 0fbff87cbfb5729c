package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Comparisons of the layers' 32 bits with references in double precision. */
final class DoublePrecision {
  private DoublePrecision() {}

  /** Random numbers in the order 'c'. */
  static INDArray gaussians(Random random, double deviation, long... shape) {
    long count = 1;
    for (long size : shape) {
      count *= size;
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return Nd4j.create(values, shape, 'c');
  }

  static void assertClose(String what, float[] actual, double[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) actual[i]).as("%s %d", what, i).isCloseTo(expected[i], within(tolerance));
    }
  }

  /**
   * Central differences of a loss that weighs each output by a factor.
   *
   * @param values at which the loss is taken by each
   * @param outputs from the values
   */
  static double[] differences(
      double[] values, UnaryOperator<double[]> outputs, double[] factors, double step) {
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + step;
      double more = loss(outputs.apply(values), factors);
      values[i] = value - step;
      differences[i] = (more - loss(outputs.apply(values), factors)) / (2 * step);
      values[i] = value;
    }
    return differences;
  }

  private static double loss(double[] outputs, double[] factors) {
    double loss = 0;
    for (int i = 0; i < outputs.length; i++) {
      loss += outputs[i] * factors[i];
    }
    return loss;
  }
}
