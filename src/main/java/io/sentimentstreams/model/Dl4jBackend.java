package io.sentimentstreams.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Inference by Deeplearning4j on the ND4J backend of the class path, CPU or CUDA: the reference.
 *
 * <p>A call's texts are sorted by length into batches ({@link LengthBuckets}) that are padded and
 * masked. A graph serves one thread at a time, so there is one for each call that may run at the
 * same time, each with weights of its own.
 */
final class Dl4jBackend implements InferenceBackend {
  /** Bounds a batch's memory whatever a caller sends: about 4 KB a token and hundred features. */
  private static final int MAXIMUM_TOKENS = 16_384;

  private static final int MAXIMUM_ROWS = 256;

  /** Texts that a time step's fixed work costs as much as: 20 to 40 as measured. */
  private static final int OVERHEAD_ROWS = 32;

  private final Nd4jDevice device;
  private final int vocabularySize;
  private final long memoryBytes;
  private final ReplicaPool<ComputationGraph> graphs;

  /**
   * Builds the graphs.
   *
   * @param device started
   * @param parallelism number of graphs, at least 1
   */
  Dl4jBackend(ModelBundle bundle, Nd4jDevice device, int parallelism) {
    Checks.atLeast("parallelism", parallelism, 1);
    this.device = device;
    device.attach();
    this.vocabularySize = bundle.vocabulary().size();
    List<ComputationGraph> replicas =
        IntStream.range(0, parallelism).mapToObj(i -> graph(bundle)).toList();
    this.memoryBytes = replicas.stream().mapToLong(ComputationGraph::numParams).sum() * Float.BYTES;
    this.graphs = new ReplicaPool<>(replicas);
  }

  private static ComputationGraph graph(ModelBundle bundle) {
    ModelSpec model = bundle.manifest().model();
    ComputationGraph graph =
        Networks.build(model.network(), model.size(bundle.vocabulary().size()), null, 0);
    Networks.setWeights(graph, model.network(), bundle.weights());
    return graph;
  }

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String device() {
    return device.name();
  }

  @Override
  public boolean onGpu() {
    return device.gpu();
  }

  @Override
  public long computedTokens(int[] lengths) {
    long tokens = 0;
    for (int[] bucket : buckets(lengths)) {
      int longest = lengths[bucket[bucket.length - 1]];
      tokens += (long) bucket.length * longest;
    }
    return tokens;
  }

  private static List<int[]> buckets(int[] lengths) {
    return LengthBuckets.divide(lengths, MAXIMUM_ROWS, MAXIMUM_TOKENS, OVERHEAD_ROWS);
  }

  @Override
  public long memoryBytes() {
    return memoryBytes;
  }

  @Override
  public float[][] probabilities(int[][] tokenIds) {
    BackendChecks.requireIds(tokenIds, vocabularySize);
    device.attach();
    return graphs.use(graph -> compute(graph, tokenIds));
  }

  private static float[][] compute(ComputationGraph graph, int[][] tokenIds) {
    float[][] probabilities = new float[tokenIds.length][];
    int[] lengths = Arrays.stream(tokenIds).mapToInt(ids -> ids.length).toArray();
    for (int[] bucket : buckets(lengths)) {
      float[][] rows = compute(graph, tokenIds, bucket);
      for (int i = 0; i < bucket.length; i++) {
        probabilities[bucket[i]] = BackendChecks.requireFinite(rows[i]);
      }
    }
    return probabilities;
  }

  private static float[][] compute(ComputationGraph graph, int[][] tokenIds, int[] bucket) {
    List<int[]> batch = new ArrayList<>(bucket.length);
    for (int row : bucket) {
      batch.add(tokenIds[row]);
    }
    try {
      return Networks.probabilities(graph, batch);
    } catch (RuntimeException e) {
      throw new InferenceException(
          "Deeplearning4j failed on a batch of %d texts: %s".formatted(batch.size(), e), e);
    }
  }

  @Override
  public void close() {
    graphs.close(ComputationGraph::close);
  }
}
