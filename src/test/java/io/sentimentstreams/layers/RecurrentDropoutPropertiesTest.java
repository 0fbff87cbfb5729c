package io.sentimentstreams.layers;

import static io.sentimentstreams.layers.DoublePrecision.gaussians;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.layers.MaskedRecurrent.Direction;
import io.sentimentstreams.layers.MaskedRecurrent.Kind;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What {@link MaskedRecurrent} leaves out in training, seen from its outputs: each text has those
 * that {@link ReferenceCell} gives with one set of inputs and one of outputs before left out at all
 * steps. Other sets at other steps, or for other gates, would give other outputs.
 */
class RecurrentDropoutPropertiesTest {
  private static final int INPUTS = 2;
  private static final int UNITS = 2;
  private static final int TIME = 6;
  private static final double TOLERANCE = 1e-5;

  /** {@code [batch, time]}: texts of six, three and four tokens. */
  private static final float[] MASK = {
    1, 1, 1, 1, 1, 1,
    1, 1, 1, 0, 0, 0,
    0, 1, 0, 1, 1, 1
  };

  private static final int BATCH = MASK.length / TIME;

  @Provide
  static Arbitrary<Double> shares() {
    return Arbitraries.of(0.0, 0.2, 0.5, 0.8);
  }

  @Property(tries = 150)
  void activate_inTraining_leavesOutTheSameAtAllStepsOfAText(
      @ForAll Kind kind,
      @ForAll Direction direction,
      @ForAll("shares") double inputs,
      @ForAll("shares") double outputs,
      @ForAll @IntRange(max = 1000) int seed) {
    Random random = new Random(seed);
    int ways = direction == Direction.BOTH ? 2 : 1;
    int count = ways * (INPUTS + UNITS) * kind.gates() * UNITS + ways * kind.biases() * UNITS;
    float[] parameters = gaussians(random, 1, count).data().asFloat();
    float[] input = gaussians(random, 1, BATCH, TIME, INPUTS).data().asFloat();
    Layer layer = layer(kind, direction, inputs, outputs, parameters);
    Nd4j.getRandom().setSeed(seed);

    float[] actual = LayerTrial.outputs(layer, true, input, MASK, BATCH, TIME);

    for (int way = 0; way < ways; way++) {
      boolean reversed = way == 1 || direction == Direction.BACKWARD;
      int from = way * count / ways;
      ReferenceCell cell = new ReferenceCell(kind, INPUTS, UNITS, doubles(parameters), from);
      for (int row = 0; row < BATCH; row++) {
        int[] places = places(row, reversed);
        double[][] text = text(input, row, places);
        double[] outputsOfText = outputs(actual, row, way, ways, places);
        assertThat(
                IntStream.range(0, 1 << (INPUTS + UNITS))
                    .filter(kept -> isResult(cell, text, kept, inputs, outputs, outputsOfText))
                    .count())
            .as("ways of leaving out that give the outputs of text %d, way %d", row, way)
            .isPositive();
      }
    }
  }

  @Property(tries = 20)
  void activate_inInference_leavesNothingOut(
      @ForAll Kind kind, @ForAll @IntRange(max = 1000) int seed) {
    Random random = new Random(seed);
    int count = (INPUTS + UNITS) * kind.gates() * UNITS + kind.biases() * UNITS;
    float[] parameters = gaussians(random, 1, count).data().asFloat();
    float[] input = gaussians(random, 1, BATCH, TIME, INPUTS).data().asFloat();

    float[] without =
        LayerTrial.outputs(
            layer(kind, Direction.FORWARD, 0, 0, parameters), false, input, MASK, BATCH, TIME);
    float[] with =
        LayerTrial.outputs(
            layer(kind, Direction.FORWARD, 0.5, 0.5, parameters), false, input, MASK, BATCH, TIME);

    assertThat(with).containsExactly(without);
  }

  /** With unit kernels an output is its input's hyperbolic tangent. */
  @Example
  void activate_manyTexts_leavesOutTheShareAskedForAndOthersEachTime() {
    int texts = 4000;
    float[] identity = {1, 0, 0, 1, 0, 0, 0, 0, 0, 0};
    Layer layer = layer(Kind.RNN, Direction.FORWARD, 0.3, 0, identity);
    float[] ones = new float[texts * INPUTS];
    Arrays.fill(ones, 1);
    float[] mask = new float[texts];
    Arrays.fill(mask, 1);
    Nd4j.getRandom().setSeed(1);

    float[] first = LayerTrial.outputs(layer, true, ones, mask, texts, 1);
    float[] second = LayerTrial.outputs(layer, true, ones, mask, texts, 1);

    assertThat(
            Arrays.stream(doubles(first)).filter(value -> value == 0).count()
                / (double) (2 * texts))
        .isCloseTo(0.3, within(0.03));
    assertThat(Arrays.stream(doubles(first)).filter(value -> value != 0))
        .allSatisfy(value -> assertThat(value).isCloseTo(Math.tanh(1 / 0.7), within(TOLERANCE)));
    assertThat(second).isNotEqualTo(first);
  }

  private static Layer layer(
      Kind kind, Direction direction, double inputs, double outputs, float[] parameters) {
    return LayerTrial.layer(
        new MaskedRecurrent.Builder(kind, UNITS)
            .nIn(INPUTS)
            .direction(direction)
            .inputDropout(inputs)
            .recurrentDropout(outputs)
            .build(),
        parameters);
  }

  /** Whether a text has these outputs where the bits of {@code kept} are what is not left out. */
  private static boolean isResult(
      ReferenceCell cell,
      double[][] text,
      int kept,
      double inputs,
      double outputs,
      double[] expected) {
    float[] in = factors(kept, inputs, INPUTS);
    float[] before = factors(kept >> INPUTS, outputs, UNITS);
    double[] result =
        Arrays.stream(cell.run(text, in, before)).flatMapToDouble(Arrays::stream).toArray();
    return IntStream.range(0, expected.length)
        .allMatch(i -> Math.abs(result[i] - expected[i]) < TOLERANCE);
  }

  private static float[] factors(int kept, double dropout, int count) {
    float[] factors = new float[count];
    for (int i = 0; i < count; i++) {
      factors[i] = (kept >> i & 1) == 1 || dropout == 0 ? (float) (1 / (1 - dropout)) : 0;
    }
    return factors;
  }

  /** The steps of a text's tokens in the order of reading. */
  private static int[] places(int row, boolean reversed) {
    return IntStream.range(0, TIME)
        .map(at -> reversed ? TIME - 1 - at : at)
        .filter(at -> MASK[row * TIME + at] == 1)
        .toArray();
  }

  private static double[][] text(float[] input, int row, int[] places) {
    double[][] text = new double[places.length][INPUTS];
    for (int step = 0; step < places.length; step++) {
      for (int i = 0; i < INPUTS; i++) {
        text[step][i] = input[(row * TIME + places[step]) * INPUTS + i];
      }
    }
    return text;
  }

  /** A direction's outputs {@code [tokens, units]}. */
  private static double[] outputs(float[] values, int row, int way, int ways, int[] places) {
    double[] outputs = new double[places.length * UNITS];
    for (int i = 0; i < outputs.length; i++) {
      int feature = (row * TIME + places[i / UNITS]) * ways * UNITS + way * UNITS + i % UNITS;
      outputs[i] = values[feature];
    }
    return outputs;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
