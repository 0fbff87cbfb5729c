package io.sentimentstreams.model;

import io.sentimentstreams.kernel.OpenBlas;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Inference on the CPU by this project's own code: see {@link CompiledBiLstm} and {@link
 * CompiledConv1d} for how.
 *
 * <p>A call's texts are sorted by length and computed some at a time. Threads share the tables; a
 * call computes in its own thread.
 */
final class CompiledBackend implements InferenceBackend {
  /**
   * Texts computed together. More do not make the products faster, and the arrays of so many fit
   * into a core's second-level cache.
   */
  private static final int ROWS = 64;

  /** Of the heap's limit: the tables leave half to everything else. */
  private static final int HEAP_SHARE = 2;

  private final int vocabularySize;
  private final CompiledLayers layers;
  private final CompiledHead head;
  private final ReplicaPool<Worker> workers;

  /**
   * Compiles a network.
   *
   * @param parallelism calls that may compute at the same time, at least 1
   */
  CompiledBackend(ModelBundle bundle, int parallelism) {
    Checks.atLeast("parallelism", parallelism, 1);
    NetworkForm network = NetworkForm.require(bundle.manifest().model().network());
    this.vocabularySize = bundle.vocabulary().size();
    this.layers =
        network instanceof NetworkForm.BiLstm lstm
            ? new CompiledBiLstm(lstm, bundle.weights())
            : new CompiledConv1d((NetworkForm.Conv1dPool) network, bundle.weights());
    this.head = new CompiledHead(bundle.weights());
    this.workers = new ReplicaPool<>(Stream.generate(Worker::new).limit(parallelism).toList());
  }

  /** Why the bundle cannot be compiled here, in words that follow "backend compiled:", or null. */
  static @Nullable String obstacle(ModelBundle bundle) {
    if (OpenBlas.obstacle() != null) {
      return OpenBlas.obstacle();
    }
    NetworkSpec spec = bundle.manifest().model().network();
    String obstacle = NetworkForm.obstacle(spec);
    if (obstacle != null) {
      return obstacle;
    }
    NetworkForm network = NetworkForm.require(spec);
    long bytes = tableBytes(network, bundle.vocabulary().size());
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / HEAP_SHARE) {
      return "needs tables of %,d MiB, more than half of the heap's %,d; raise it with -Xmx"
          .formatted(bytes >> 20, heap >> 20);
    }
    return network instanceof NetworkForm.BiLstm ? CompiledBiLstm.obstacle(bundle.weights()) : null;
  }

  private static long tableBytes(NetworkForm network, int vocabularySize) {
    return network instanceof NetworkForm.BiLstm lstm
        ? CompiledBiLstm.tableBytes(lstm, vocabularySize)
        : CompiledConv1d.tableBytes((NetworkForm.Conv1dPool) network, vocabularySize);
  }

  /** What each word adds to the filters of a convolution; null for another network. */
  ConvolutionShares.@Nullable Rows tables() {
    return layers instanceof CompiledConv1d convolution ? convolution::row : null;
  }

  @Override
  public String name() {
    return BackendKind.COMPILED.code();
  }

  @Override
  public String device() {
    return Device.CPU.toString();
  }

  @Override
  public boolean onGpu() {
    return false;
  }

  @Override
  public float[][] probabilities(int[][] tokenIds) {
    BackendChecks.requireIds(tokenIds, vocabularySize);
    return workers.use(worker -> worker.compute(tokenIds));
  }

  /** No padding. */
  @Override
  public long computedTokens(int[] lengths) {
    return Arrays.stream(lengths).asLongStream().sum();
  }

  @Override
  public long memoryBytes() {
    return layers.bytes() + head.bytes();
  }

  @Override
  public void addRoom() {
    workers.add(new Worker());
  }

  @Override
  public void close() {
    if (workers.close(Worker::close)) {
      layers.close();
      head.close();
    }
  }

  /** One thread's part. */
  private final class Worker {
    private final CompiledLayers.Scratch layersScratch = layers.scratch(ROWS);
    private final CompiledHead.Scratch headScratch = head.scratch(ROWS);
    private final float[] features = new float[ROWS * layers.features()]; // [batch, features]

    float[][] compute(int[][] tokenIds) {
      int[] order = longestFirst(tokenIds);
      float[][] probabilities = new float[tokenIds.length][];
      for (int from = 0; from < order.length; from += ROWS) {
        int[] rows = Arrays.copyOfRange(order, from, Math.min(from + ROWS, order.length));
        int[][] texts = new int[rows.length][];
        Arrays.setAll(texts, i -> tokenIds[rows[i]]);
        layersScratch.pool(texts, features);
        float[][] computed = headScratch.probabilities(features, rows.length);
        for (int i = 0; i < rows.length; i++) {
          probabilities[rows[i]] = computed[i];
        }
      }
      return probabilities;
    }

    private void close() {
      layersScratch.close();
      headScratch.close();
    }
  }

  /** Indices of the texts, the longest first, equal ones in their order. */
  private static int[] longestFirst(int[][] texts) {
    long[] keys = new long[texts.length];
    Arrays.setAll(keys, i -> ((long) -texts[i].length << Integer.SIZE) + i);
    Arrays.sort(keys);
    return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
  }
}
