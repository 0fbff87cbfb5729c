package io.sentimentstreams.train;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An exponential moving average of a network's weights. In the first steps the decay is smaller, so
 * that the start weights are soon forgotten.
 */
final class WeightAverage implements AutoCloseable {
  private final double decay;
  private final INDArray average; // [1, parameters]
  private long steps;

  WeightAverage(INDArray weights, double decay) {
    this.decay = decay;
    average = weights.dup();
  }

  /** Counts the weights in. */
  void add(INDArray weights) {
    steps++;
    double share = 1 - Math.min(decay, (1.0 + steps) / (10.0 + steps));
    try (INDArray difference = weights.sub(average)) {
      average.addi(difference.muli(share));
    }
  }

  /** Swaps the average into the network and its weights out, or back again. */
  void swap(INDArray weights) {
    try (INDArray copy = weights.dup()) {
      weights.assign(average);
      average.assign(copy);
    }
  }

  /** The average, {@code [1, parameters]}; not a copy. */
  INDArray values() {
    return average;
  }

  /** How many weights were counted in. */
  long steps() {
    return steps;
  }

  void setSteps(long value) {
    steps = value;
  }

  @Override
  public void close() {
    average.close();
  }
}
