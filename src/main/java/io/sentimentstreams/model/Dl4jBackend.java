package io.sentimentstreams.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Inference by Deeplearning4j on the ND4J backend of the class path, CPU or CUDA: the reference.
 *
 * <p>A call's texts are sorted by length into batches ({@link LengthBuckets}) that are padded and
 * masked. A graph serves one thread at a time, so there is one for each call that may run at the
 * same time, each with weights of its own.
 */
final class Dl4jBackend implements InferenceBackend {
  /** The overhead as measured with Deeplearning4j's own LSTM: 20 to 40. */
  private static final BatchLimits LIMITS = new BatchLimits(256, 16_384, 32);

  private final Nd4jDevice device;
  private final BatchPadding padding;
  private final int vocabularySize;
  private final long memoryBytes;
  private final Supplier<ComputationGraph> newGraph;
  private final ReplicaPool<ComputationGraph> graphs;

  /**
   * Builds the graphs.
   *
   * @param device started
   * @param parallelism number of graphs, at least 1
   */
  Dl4jBackend(ModelBundle bundle, Nd4jDevice device, int parallelism) {
    this(bundle, device, parallelism, !device.gpu(), BatchPadding.BUCKETS);
  }

  /**
   * Builds the graphs.
   *
   * @param device started
   * @param parallelism number of graphs, at least 1
   * @param own whether the layers are this project's, which need the CPU, or Deeplearning4j's
   */
  Dl4jBackend(
      ModelBundle bundle, Nd4jDevice device, int parallelism, boolean own, BatchPadding padding) {
    Checks.atLeast("parallelism", parallelism, 1);
    this.device = device;
    this.padding = padding;
    device.attach();
    this.vocabularySize = bundle.vocabulary().size();
    this.newGraph = () -> graph(bundle, own);
    List<ComputationGraph> replicas = Stream.generate(newGraph).limit(parallelism).toList();
    this.memoryBytes = replicas.stream().mapToLong(ComputationGraph::numParams).sum() * Float.BYTES;
    this.graphs = new ReplicaPool<>(replicas);
  }

  private static ComputationGraph graph(ModelBundle bundle, boolean own) {
    ModelSpec model = bundle.manifest().model();
    ComputationGraph graph =
        Networks.build(model.network(), model.size(bundle.vocabulary().size()), null, 0, own);
    Networks.setWeights(graph, model.network(), bundle.weights());
    return graph;
  }

  @Override
  public String name() {
    return BackendKind.DL4J.code();
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
    return LengthBuckets.computedTokens(lengths, batches(lengths));
  }

  private List<int[]> batches(int[] lengths) {
    return padding.batches(lengths, LIMITS);
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

  private float[][] compute(ComputationGraph graph, int[][] tokenIds) {
    float[][] probabilities = new float[tokenIds.length][];
    int[] lengths = BackendChecks.lengths(tokenIds);
    for (int[] batch : batches(lengths)) {
      float[][] rows = compute(graph, tokenIds, batch);
      for (int i = 0; i < batch.length; i++) {
        probabilities[batch[i]] = BackendChecks.requireFinite(rows[i]);
      }
    }
    return probabilities;
  }

  private static float[][] compute(ComputationGraph graph, int[][] tokenIds, int[] rows) {
    List<int[]> batch = new ArrayList<>(rows.length);
    for (int row : rows) {
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
  public void addRoom() {
    device.attach();
    graphs.add(newGraph.get());
  }

  @Override
  public void close() {
    graphs.close(ComputationGraph::close);
  }
}
