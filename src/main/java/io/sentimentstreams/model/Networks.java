package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.layers.DirectGraph;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Deeplearning4j graphs of the networks that {@link NetworkSpec} describes, see {@link
 * NetworkGraph}.
 *
 * <p>A graph is not safe for use by several threads at once.
 */
public final class Networks {
  private Networks() {}

  /**
   * A graph with seeded start weights, for texts that keep their own lengths.
   *
   * @param spec the network
   * @param vocabularySize token ids, padding (0) included
   * @param labels classes
   * @param training null for a graph that is only to compute
   * @param seed of the start weights and of the dropouts
   */
  public static ComputationGraph build(
      NetworkSpec spec,
      int vocabularySize,
      int labels,
      @Nullable NetworkTraining training,
      long seed) {
    return build(spec, NetworkSize.of(vocabularySize, labels), training, seed);
  }

  /**
   * A graph with seeded start weights.
   *
   * @param spec the network
   * @param training null for a graph that is only to compute
   * @param seed of the start weights and of the dropouts
   */
  public static ComputationGraph build(
      NetworkSpec spec, NetworkSize size, @Nullable NetworkTraining training, long seed) {
    boolean cpu = Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU;
    return build(spec, size, training, seed, cpu);
  }

  /**
   * A graph with a choice of the recurrent layers.
   *
   * @param masked whether they are this project's, which need the CPU, or Deeplearning4j's own
   */
  static ComputationGraph build(
      NetworkSpec spec,
      NetworkSize size,
      @Nullable NetworkTraining training,
      long seed,
      boolean masked) {
    Nd4j.getRandom().setSeed(seed);
    ComputationGraphConfiguration configuration =
        NetworkGraph.configuration(spec, size, training, seed, masked);
    ComputationGraph graph =
        masked ? new DirectGraph(configuration) : new ComputationGraph(configuration);
    graph.init();
    if (spec.embedding().maskZero()) {
      graph.getLayer(NetworkGraph.vertex(spec, 0)).getParam("W").getRow(0).assign(0);
    }
    return graph;
  }

  /**
   * The class probabilities of each text.
   *
   * @param tokenIds {@code [batch][time]}, of mixed lengths of at least 1, or all of the network's
   *     one length
   * @return {@code [batch][labels]}
   */
  public static float[][] probabilities(ComputationGraph graph, List<int[]> tokenIds) {
    try (PaddedBatch batch = PaddedBatch.of(tokenIds)) {
      INDArray output = graph.output(false, new INDArray[] {batch.ids()}, batch.masks(), null)[0];
      float[][] outputs = output.toFloatMatrix();
      output.close();
      return outputs[0].length == 1 ? ofBothLabels(outputs) : outputs;
    }
  }

  /** The first label's probability is what the second one's, of the one sigmoid unit, leaves. */
  private static float[][] ofBothLabels(float[][] outputs) {
    float[][] probabilities = new float[outputs.length][];
    for (int row = 0; row < outputs.length; row++) {
      probabilities[row] = new float[] {1 - outputs[row][0], outputs[row][0]};
    }
    return probabilities;
  }

  /**
   * The outputs that a graph is trained towards.
   *
   * @param probabilities wanted, {@code [batch][labels]}
   * @return {@code [batch, outputs]}
   */
  public static INDArray targets(NetworkSpec spec, float[][] probabilities) {
    if (spec.output().activation() != LayerActivation.SIGMOID) {
      return Nd4j.create(probabilities);
    }
    float[] second = new float[probabilities.length];
    for (int row = 0; row < second.length; row++) {
      second[row] = probabilities[row][1];
    }
    return Nd4j.create(second, new long[] {second.length, 1}, 'c');
  }

  /** The graph's weights in the names and layouts of a bundle. */
  public static Weights weightsOf(ComputationGraph graph, NetworkSpec spec) {
    return WeightLayout.read(graph, spec);
  }

  /**
   * Gives a graph's embedding other values.
   *
   * @param table {@code [vocabulary, size]}, row by row
   */
  public static void setEmbedding(ComputationGraph graph, NetworkSpec spec, float[] table) {
    INDArray parameter = graph.getLayer(NetworkGraph.vertex(spec, 0)).getParam("W");
    try (INDArray values = Nd4j.create(table, parameter.shape(), 'c')) {
      parameter.assign(values);
    }
  }

  /**
   * Puts a bundle's weights into a graph.
   *
   * @throws InvalidInputException where a tensor is missing, superfluous or of another shape
   */
  public static void setWeights(ComputationGraph graph, NetworkSpec spec, Weights weights) {
    WeightLayout.write(graph, spec, weights);
  }
}
