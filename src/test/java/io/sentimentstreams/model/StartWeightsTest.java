package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.schedule.FixedSchedule;

/** What training starts from: Keras' initial values, for all layers. */
final class StartWeightsTest {
  private static final NetworkSpec SPEC =
      LayerReader.network(
          YamlNode.parse(
              "[{embedding: {size: 12}}, {conv1d: {filters: 10, width: 3, padding: same}},"
                  + " {lstm: {units: 16, sequences: true}}, {gru: {units: 8, sequences: true}},"
                  + " {rnn: {units: 8}}, {dense: {units: 20}}, {dense: {activation: softmax}}]"));

  private static Weights start(EmbeddingStart embedding, long seed) {
    NetworkTraining training =
        new NetworkTraining(
            Optimizer.ADAM, new FixedSchedule(1e-3), embedding, 0, 0, 1, 0, 0, 0, List.of());
    ComputationGraph graph = Networks.build(SPEC, 2_000, 3, training, seed);
    try {
      return Networks.weightsOf(graph, SPEC);
    } finally {
      graph.close();
    }
  }

  private static Weights start() {
    return start(EmbeddingStart.UNIFORM, 1);
  }

  private static double[] values(Weights weights, String name) {
    float[] values = weights.tensor(name).values();
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double deviation(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(value -> value * value).average().orElse(0));
  }

  @Test
  void embedding_uniform_isWithinKerasLimits() {
    double[] values = values(start(), "embedding.weight");

    assertThat(Arrays.stream(values).max().orElse(0)).isBetween(0.0499, 0.05);
    assertThat(Arrays.stream(values).min().orElse(0)).isBetween(-0.05, -0.0499);
    assertThat(deviation(values)).isCloseTo(0.05 / Math.sqrt(3), within(5e-4));
  }

  @Test
  void embedding_normal_hasItsDeviation() {
    double[] values = values(start(EmbeddingStart.NORMAL, 1), "embedding.weight");

    assertThat(deviation(values)).isCloseTo(0.1, within(2e-3));
    assertThat(Arrays.stream(values).max().orElse(0)).isGreaterThan(0.25);
  }

  /** Glorot's uniform limit is the root of 6 by the sum of inputs and outputs. */
  @ParameterizedTest
  @CsvSource({
    "conv1d.kernel, 36, 30",
    "lstm.kernel, 10, 64",
    "gru.kernel, 16, 24",
    "rnn.kernel, 8, 8",
    "hidden.kernel, 8, 20",
    "output.kernel, 20, 3"
  })
  void kernel_each_isGlorotUniform(String name, int inputs, int outputs) {
    double limit = Math.sqrt(6.0 / (inputs + outputs));

    double[] values = values(start(), name);

    assertThat(Arrays.stream(values).map(Math::abs).max().orElse(0))
        .isBetween(0.9 * limit, limit + 1e-6);
    assertThat(deviation(values)).isCloseTo(limit / Math.sqrt(3), within(0.2 * limit));
  }

  @ParameterizedTest
  @CsvSource({"lstm, 16", "gru, 8", "rnn, 8"})
  void recurrentKernel_each_hasOrthonormalRows(String layer, int units) {
    double[] values = values(start(), layer + ".recurrent_kernel");
    int columns = values.length / units;

    for (int row = 0; row < units; row++) {
      for (int other = 0; other < units; other++) {
        double product = 0;
        for (int i = 0; i < columns; i++) {
          product += values[row * columns + i] * values[other * columns + i];
        }
        assertThat(product).isCloseTo(row == other ? 1 : 0, within(1e-5));
      }
    }
  }

  @Test
  void biases_all_areZeroButTheForgetGatesWhichAreOne() {
    Weights start = start();

    for (String name : start.names().stream().filter(name -> name.endsWith("bias")).toList()) {
      double[] expected = new double[values(start, name).length];
      if (name.equals("lstm.bias")) {
        Arrays.fill(expected, 16, 32, 1);
      }
      assertThat(values(start, name)).as(name).isEqualTo(expected);
    }
  }

  @Test
  void start_sameSeed_isTheSame() {
    assertThat(start()).isEqualTo(start());
    assertThat(start(EmbeddingStart.UNIFORM, 2)).isNotEqualTo(start());
  }
}
