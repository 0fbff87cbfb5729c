package io.sentimentstreams.kernel;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The matrix product of a step of an LSTM: states {@code [rows, 64]} times the weights of one gate,
 * {@code [64, 64]}, or of all four, {@code [64, 256]}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecurrentProductBenchmark {
  private static final int UNITS = 64;

  /** Texts that are still running at the step. */
  @Param({"1", "8", "32", "128"})
  public int rows;

  /** Columns of the weights. */
  @Param({"64", "256"})
  public int columns;

  private FloatPointer states = new FloatPointer();
  private FloatPointer weights = new FloatPointer();
  private FloatPointer product = new FloatPointer();

  /** Native memory, as the kernel has it. */
  @Setup
  public void allocate() {
    String obstacle = OpenBlas.obstacle();
    if (obstacle != null) {
      throw new IllegalStateException(obstacle);
    }
    states = matrix(rows * UNITS);
    weights = matrix(UNITS * columns);
    product = matrix(rows * columns);
  }

  private static FloatPointer matrix(int elements) {
    float[] values = new float[elements];
    Arrays.fill(values, 0.01f);
    return new FloatPointer(values);
  }

  /** Frees it. */
  @TearDown
  public void free() {
    states.close();
    weights.close();
    product.close();
  }

  @Benchmark
  public FloatPointer multiply() {
    OpenBlas.multiply(rows, columns, UNITS, states, weights, product);
    return product;
  }
}
