package io.sentimentstreams.bench;

import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Backends;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.InferenceBackend;
import io.sentimentstreams.model.NetworkSpec;
import io.sentimentstreams.model.Pooling;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** A whole call of the compiled backend, on texts of 32 tokens; microseconds a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompiledNetworkBenchmark {
  private static final int TEXTS = 4096;
  private static final int TOKENS = 32;
  private static final int VOCABULARY = 20_000;
  private static final long SEED = 7;

  /** Kind of network. */
  @Param({"bilstm", "conv1d"})
  public String network = "";

  /** Texts of a call. */
  @Param({"1", "128"})
  public int batch;

  private List<int[][]> batches = List.of();
  private int next;
  private @Nullable InferenceBackend backend;

  /** Random weights and words. */
  @Setup
  public void open() {
    Subject subject = Subject.random(spec(), VOCABULARY, SEED);
    Workload workload = new Workload.Lengths("equal", Collections.nCopies(TEXTS, TOKENS), SEED);
    batches = InferenceBenchmark.batches(workload.ids(subject.bundle()), batch);
    backend = Backends.open(subject.bundle(), BackendKind.COMPILED, Device.CPU, 1);
  }

  private NetworkSpec spec() {
    return network.equals("bilstm")
        ? NetworkSpec.biLstm(128, 64, Pooling.MAX)
        : NetworkSpec.conv1d(128, 128, 5, Pooling.MAX, 64);
  }

  /** Frees the tables. */
  @TearDown
  public void close() {
    backend().close();
  }

  private InferenceBackend backend() {
    if (backend == null) {
      throw new IllegalStateException("JMH has not called open");
    }
    return backend;
  }

  @Benchmark
  public float[][] call() {
    next = (next + 1) % batches.size();
    return backend().probabilities(batches.get(next));
  }
}
