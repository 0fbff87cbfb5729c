package io.sentimentstreams.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Weights for tests: every number random, biases included. */
final class TestWeights {
  private TestWeights() {}

  static Weights random(NetworkSpec network, NetworkSize size, long seed) {
    Random random = new Random(seed);
    List<Tensor> tensors = new ArrayList<>();
    TensorLayout.of(network, size)
        .forEach(
            (name, shape) -> {
              float[] values = new float[Tensor.elements(name, shape)];
              for (int i = 0; i < values.length; i++) {
                values[i] = (float) random.nextGaussian() * 0.5f;
              }
              tensors.add(new Tensor(name, shape, values));
            });
    return Weights.of(tensors);
  }
}
