package io.sentimentstreams.model;

import io.sentimentstreams.kernel.OpenBlas;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * A network that is trained batch by batch, as for the measurement of its speed: forward, loss,
 * backward and a step of Adam, without dropout. For use by one thread.
 */
public final class TrainingStep implements AutoCloseable {
  private static final double LEARNING_RATE = 1e-3;

  private final NetworkSpec network;
  private final int labels;
  private final ComputationGraph graph;

  /**
   * A network with random weights.
   *
   * @param vocabularySize token ids, padding (0) included
   * @param threads of native operations, in the whole process
   */
  public TrainingStep(NetworkSpec network, int vocabularySize, int labels, int threads, long seed) {
    this.network = network;
    this.labels = labels;
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
    Nd4j.getEnvironment().setMaxThreads(threads);
    OpenBlas.setThreads(threads);
    NetworkTraining training =
        new NetworkTraining(new FixedSchedule(LEARNING_RATE), 0, 0, 1, 0, 0, List.of());
    this.graph = Networks.build(network, vocabularySize, labels, training, seed);
  }

  /**
   * Takes a step.
   *
   * @param texts token ids {@code [batch][time]}, of mixed lengths of at least 1
   * @param wanted the label of each text
   * @return the mean loss before the step
   */
  public double fit(List<int[]> texts, int[] wanted) {
    float[][] probabilities = new float[texts.size()][labels];
    for (int row = 0; row < wanted.length; row++) {
      probabilities[row][wanted[row]] = 1;
    }
    try (PaddedBatch batch = PaddedBatch.of(texts);
        INDArray targets = Networks.targets(network, probabilities)) {
      INDArray[] ids = {batch.ids()};
      INDArray @Nullable [] masks = batch.masks();
      graph.fit(ids, new INDArray[] {targets}, masks, null);
    }
    return graph.score();
  }

  @Override
  public void close() {
    graph.close();
  }
}
