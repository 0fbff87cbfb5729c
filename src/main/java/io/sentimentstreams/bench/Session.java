package io.sentimentstreams.bench;

import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Backends;
import io.sentimentstreams.model.InferenceBackend;
import io.sentimentstreams.model.ModelBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A backend, open and called once.
 *
 * <p>ONNX Runtime and Deeplearning4j are measured as their users run them, see {@link
 * Backends#openPlain}. ONNX Runtime can use several threads in two ways, by as many callers or
 * within a call, and is measured in the one that turns out faster.
 *
 * @param kind as it was asked for
 * @param shared what computes, in each calling thread
 * @param inner the same, in several threads within a call; empty where the backend cannot
 * @param loadMillis from the weights in memory to the end of the first call
 */
record Session(BackendKind kind, InferenceBackend shared, List<Inner> inner, double loadMillis)
    implements AutoCloseable {

  /** A backend that computes each call in so many threads. */
  record Inner(int threads, InferenceBackend backend) {}

  /** A backend, and how many threads call it. */
  record Way(InferenceBackend backend, int callers) {}

  /**
   * Opens a backend and makes a first call.
   *
   * @param first the call, [batch][time]
   * @throws io.sentimentstreams.InvalidInputException where it is not available, and says why
   */
  static Session open(
      ModelBundle bundle,
      BackendKind kind,
      InferenceSettings settings,
      int[][] first,
      LongSupplier nanos) {
    long began = nanos.getAsLong();
    InferenceBackend backend =
        Backends.openPlain(bundle, kind, settings.device(), settings.mostThreads(), 1);
    List<Inner> inner = new ArrayList<>();
    try {
      backend.probabilities(first);
      double loadMillis = Spread.rounded((nanos.getAsLong() - began) / 1e6, 1);
      if (kind == BackendKind.ONNX && !backend.onGpu()) {
        addInner(bundle, settings, inner);
      }
      return new Session(kind, backend, inner, loadMillis);
    } catch (RuntimeException | Error e) {
      close(backend, inner);
      throw e;
    }
  }

  private static void addInner(ModelBundle bundle, InferenceSettings settings, List<Inner> to) {
    for (int threads : settings.threads()) {
      if (threads > 1) {
        to.add(
            new Inner(
                threads,
                Backends.openPlain(bundle, BackendKind.ONNX, settings.device(), 1, threads)));
      }
    }
  }

  /** How it can use so many threads. */
  List<Way> ways(int threads) {
    List<Way> ways = new ArrayList<>(List.of(new Way(shared, threads)));
    inner.stream()
        .filter(one -> one.threads() == threads)
        .forEach(one -> ways.add(new Way(one.backend(), 1)));
    return ways;
  }

  /** The share of padding in the token positions that these calls compute. */
  double paddingShare(List<int[][]> batches) {
    long tokens = 0;
    long computed = 0;
    for (int[][] batch : batches) {
      int[] lengths = lengths(batch);
      computed += shared.computedTokens(lengths);
      for (int length : lengths) {
        tokens += length;
      }
    }
    return 1 - (double) tokens / computed;
  }

  private static int[] lengths(int[][] batch) {
    int[] lengths = new int[batch.length];
    for (int row = 0; row < batch.length; row++) {
      lengths[row] = batch[row].length;
    }
    return lengths;
  }

  @Override
  public void close() {
    close(shared, inner);
  }

  private static void close(InferenceBackend shared, List<Inner> inner) {
    inner.forEach(one -> one.backend().close());
    shared.close();
  }
}
