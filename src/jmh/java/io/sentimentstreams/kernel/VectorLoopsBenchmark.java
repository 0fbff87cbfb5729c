package io.sentimentstreams.kernel;

import java.util.Random;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * The loops of {@link VectorLoops} alone. Nanoseconds for {@code n} elements: 8,192 is a step of
 * 128 texts and 64 units, 128 the filters at one position. {@link #add}, which does one addition,
 * is the yardstick: a loop that HotSpot no longer turns into vector instructions stands out by the
 * ratio.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class VectorLoopsBenchmark {
  private static final int ARRAYS = 6;

  /** Elements. */
  @Param({"128", "8192"})
  public int n;

  private final float[][] arrays = new float[ARRAYS][]; // [array][n]

  /** Values that keep gates and sums moderate. */
  @Setup
  public void fill() {
    Random random = new Random(7);
    for (int array = 0; array < ARRAYS; array++) {
      arrays[array] = new float[n];
      for (int i = 0; i < n; i++) {
        arrays[array][i] = random.nextFloat() - 0.5f;
      }
    }
  }

  @Benchmark
  public float[] add() {
    VectorLoops.add(arrays[0], arrays[1], n);
    return arrays[0];
  }

  @Benchmark
  public float[] tanh() {
    VectorLoops.tanh(arrays[0], arrays[1], n);
    return arrays[1];
  }

  @Benchmark
  public float[] tanhOfSum() {
    VectorLoops.tanhOfSum(arrays[0], arrays[1], n);
    return arrays[0];
  }

  @Benchmark
  public float[] cell() {
    VectorLoops.cell(arrays[0], arrays[1], arrays[2], arrays[3], n);
    return arrays[3];
  }

  @Benchmark
  public float[] output() {
    VectorLoops.output(arrays[0], arrays[1], arrays[2], n);
    return arrays[2];
  }

  @Benchmark
  public float[] maxOfThree() {
    VectorLoops.maxOfSum(arrays[0], arrays[1], arrays[2], arrays[3], n);
    return arrays[0];
  }

  @Benchmark
  public float[] maxOfFive() {
    VectorLoops.maxOfSum(arrays[0], arrays[1], arrays[2], arrays[3], arrays[4], arrays[5], n);
    return arrays[0];
  }
}
