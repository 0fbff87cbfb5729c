package io.sentimentstreams.bench;

import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Backends;
import io.sentimentstreams.model.InferenceBackend;
import io.sentimentstreams.model.ModelBundle;
import java.util.function.LongSupplier;

/**
 * A backend, open and called once.
 *
 * @param kind as it was asked for
 * @param backend what computes; closed by {@link #close}
 * @param loadMillis from the weights in memory to the end of the first call
 */
record Session(BackendKind kind, InferenceBackend backend, double loadMillis)
    implements AutoCloseable {

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
        Backends.open(bundle, kind, settings.device(), settings.mostThreads());
    try {
      backend.probabilities(first);
      return new Session(kind, backend, Spread.rounded((nanos.getAsLong() - began) / 1e6, 1));
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /** The share of padding in the token positions that these calls compute. */
  double paddingShare(Iterable<int[][]> batches) {
    long tokens = 0;
    long computed = 0;
    for (int[][] batch : batches) {
      int[] lengths = lengths(batch);
      computed += backend.computedTokens(lengths);
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
    backend.close();
  }
}
