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

  private final String device;
  private final int vocabularySize;
  private final ReplicaPool<ComputationGraph> graphs;

  /**
   * Builds the graphs.
   *
   * @param device in words
   * @param parallelism number of graphs, at least 1
   */
  Dl4jBackend(ModelBundle bundle, String device, int parallelism) {
    Checks.atLeast("parallelism", parallelism, 1);
    this.device = device;
    this.vocabularySize = bundle.vocabulary().size();
    this.graphs =
        new ReplicaPool<>(IntStream.range(0, parallelism).mapToObj(i -> graph(bundle)).toList());
  }

  private static ComputationGraph graph(ModelBundle bundle) {
    ModelSpec model = bundle.manifest().model();
    ComputationGraph graph =
        Networks.build(model.network(), bundle.vocabulary().size(), model.labels().size(), null, 0);
    Networks.setWeights(graph, model.network(), bundle.weights());
    return graph;
  }

  @Override
  public String name() {
    return "dl4j";
  }

  @Override
  public String device() {
    return device;
  }

  @Override
  public float[][] probabilities(int[][] tokenIds) {
    for (int row = 0; row < tokenIds.length; row++) {
      requireIds(row, tokenIds[row]);
    }
    return graphs.use(graph -> compute(graph, tokenIds));
  }

  /** An id that is out of range would read memory that is not the embedding's. */
  private void requireIds(int row, int[] ids) {
    if (ids.length == 0) {
      throw new IllegalArgumentException("text %d has no token id".formatted(row));
    }
    for (int id : ids) {
      if (id < 0 || id >= vocabularySize) {
        throw new IllegalArgumentException(
            "text %d has the token id %d, but the vocabulary has %d"
                .formatted(row, id, vocabularySize));
      }
    }
  }

  private static float[][] compute(ComputationGraph graph, int[][] tokenIds) {
    float[][] probabilities = new float[tokenIds.length][];
    int[] lengths = Arrays.stream(tokenIds).mapToInt(ids -> ids.length).toArray();
    for (int[] bucket : LengthBuckets.divide(lengths, MAXIMUM_ROWS, MAXIMUM_TOKENS)) {
      float[][] rows = compute(graph, tokenIds, bucket);
      for (int i = 0; i < bucket.length; i++) {
        probabilities[bucket[i]] = requireFinite(rows[i]);
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

  private static float[] requireFinite(float[] probabilities) {
    for (float probability : probabilities) {
      if (!Float.isFinite(probability)) {
        throw new InferenceException(
            "the network gave %s as probabilities".formatted(Arrays.toString(probabilities)));
      }
    }
    return probabilities;
  }

  @Override
  public void close() {
    graphs.close(ComputationGraph::close);
  }
}
