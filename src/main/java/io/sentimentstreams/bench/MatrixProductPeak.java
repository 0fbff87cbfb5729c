package io.sentimentstreams.bench;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;

/**
 * How fast one thread of this machine multiplies large matrices of 32-bit floats by OpenBLAS: the
 * yardstick for networks, most of whose work are matrix products.
 */
final class MatrixProductPeak {
  /** Rows and columns: large enough to be bound by arithmetic, small enough to repeat often. */
  private static final int SIZE = 1024;

  private static final double OPERATIONS = 2.0 * SIZE * SIZE * SIZE;

  private MatrixProductPeak() {}

  /**
   * Floating-point operations a second, an addition and a multiplication counted as two, in the
   * fastest of the products that the time allows. Other threads must not use OpenBLAS meanwhile,
   * since its number of threads is the process's.
   *
   * @param nanos the clock, as {@link System#nanoTime}
   * @throws LinkageError where there is no OpenBLAS for this machine
   */
  static double measure(Duration time, LongSupplier nanos) {
    Loader.load(org.bytedeco.openblas.global.openblas_nolapack.class);
    try (FloatPointer left = matrix(0.5f);
        FloatPointer right = matrix(0.25f);
        FloatPointer product = matrix(0)) {
      int threads = openblas_nolapack.blas_get_num_threads();
      openblas_nolapack.blas_set_num_threads(1);
      try {
        return OPERATIONS / (fastestNanos(left, right, product, time, nanos) / 1e9);
      } finally {
        openblas_nolapack.blas_set_num_threads(threads);
      }
    }
  }

  private static long fastestNanos(
      FloatPointer left,
      FloatPointer right,
      FloatPointer product,
      Duration time,
      LongSupplier nanos) {
    long fastest = Long.MAX_VALUE;
    long began = nanos.getAsLong();
    long now = began;
    while (fastest == Long.MAX_VALUE || now - began < time.toNanos()) {
      long before = now;
      multiply(left, right, product);
      now = nanos.getAsLong();
      fastest = Math.min(fastest, now - before);
    }
    return Math.max(1, fastest);
  }

  private static void multiply(FloatPointer left, FloatPointer right, FloatPointer product) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasNoTrans,
        SIZE,
        SIZE,
        SIZE,
        1,
        left,
        SIZE,
        right,
        SIZE,
        0,
        product,
        SIZE);
  }

  /** [SIZE, SIZE], native. */
  private static FloatPointer matrix(float value) {
    float[] values = new float[SIZE * SIZE];
    Arrays.fill(values, value);
    return new FloatPointer(values);
  }
}
