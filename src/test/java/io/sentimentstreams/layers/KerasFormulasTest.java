package io.sentimentstreams.layers;

import static io.sentimentstreams.layers.DoublePrecision.assertClose;

import io.sentimentstreams.layers.MaskedRecurrent.Direction;
import io.sentimentstreams.layers.MaskedRecurrent.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

/**
 * The layers on small cases written down as numbers: inputs, weights and what Keras makes of them.
 *
 * <p>The outputs were computed apart from this project, with NumPy, by the formulas of Keras 3: the
 * {@code call} methods in keras/src/layers/rnn/lstm.py, gru.py and simple_rnn.py, {@code rnn} with
 * {@code zero_output_for_mask} in keras/src/backend/numpy/rnn.py, and bidirectional.py, whose merge
 * mode is {@code concat}. The same lines of NumPy give the outputs that {@code test_correctness}
 * and {@code test_masking} in Keras' lstm_test.py and gru_test.py expect. Inputs are {@code [batch,
 * time, features]}, kernels {@code [inputs, gates * units]} with the gates input, forget,
 * candidate, output (LSTM) and update, reset, candidate (GRU), all row-major, as in Keras.
 */
final class KerasFormulasTest {
  private static final double TOLERANCE = 2e-6;
  private static final int INPUTS = 2;
  private static final int UNITS = 2;
  private static final int BATCH = 4;
  private static final int TIME = 4;

  /** Texts padded with nines: at no end, at the end, in front, and with a gap. */
  private static final String TEXTS =
      """
      0.5 -1  1 0.3  -0.7 0.2  0.4 0.9
      -0.2 0.8  0.6 -0.5  9 9  9 9
      9 9  9 9  1.1 -0.4  -0.9 -0.3
      0.3 0.7  9 9  -1.2 0.1  0.8 -0.6
      """;

  private static final String TOKENS =
      """
      1 1 1 1
      1 1 0 0
      0 0 1 1
      1 0 1 1
      """;

  /** One direction's weights. */
  record Weights(String kernel, String recurrentKernel, String bias) {}

  /**
   * A layer in both directions.
   *
   * @param sequences {@code [batch, time, forward and backward units]}
   * @param last {@code [batch, forward and backward units]}
   */
  record Recurrent(Kind kind, Weights forward, Weights backward, String sequences, String last) {}

  static Stream<Recurrent> recurrent() {
    return Stream.of(
        new Recurrent(
            Kind.LSTM,
            new Weights(
                """
                0.9 0.1 0.9 0.4 0.4 -0.6 1.0 -1.0
                -0.5 -0.1 0.6 -0.6 0.7 1.0 -0.7 0.2
                """,
                """
                -1.0 -0.2 -0.9 0.9 -0.1 0.9 0.6 0.7
                -0.7 -0.9 0.2 -0.7 0.5 -0.2 0.1 0.9
                """,
                "0 -0.8 -0.7 0.1 0 0.3 -0.2 0.3"),
            new Weights(
                """
                -0.2 0.2 0.5 -0.6 -0.2 0 0.4 -0.5
                0.1 0.2 0.8 -0.3 0.3 -0.6 0 -0.6
                """,
                """
                0.8 -0.1 0.7 -0.2 0.8 -0.2 -0.3 0.1
                0.7 0.7 0.2 -0.8 0.2 -0.5 0.5 0.8
                """,
                "0 0.2 -0.9 0.1 -0.7 0.2 -0.3 0.5"),
            """
            -0.2349833 -0.1025093 -0.1974494 0.2492686
            0.1059837 -0.0598549 -0.2242654 0.0075171
            -0.0050080 0.0988868 -0.1125210 -0.0351038
            0.1175648 0.1384090 -0.1078251 -0.0872182
            0.0439726 0.1569348 -0.1598799 -0.0395080
            0.0262720 0.0016330 -0.1599566 0.1561750
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0.0925938 -0.0634455 -0.2340377 0.1630551
            -0.0484952 0.0448567 -0.0968961 0.1329363
            0.1031115 0.1074119 -0.1941209 -0.0418092
            0 0 0 0
            -0.0074025 0.2431382 -0.1109417 0.1763971
            -0.0002796 -0.0036354 -0.1682248 0.1697438
            """,
            """
            0.1175648 0.1384090 -0.1974494 0.2492686
            0.0262720 0.0016330 -0.1598799 -0.0395080
            -0.0484952 0.0448567 -0.2340377 0.1630551
            -0.0002796 -0.0036354 -0.1941209 -0.0418092
            """),
        new Recurrent(
            Kind.GRU,
            new Weights(
                """
                -0.9 -0.8 0.4 0 0.1 0.7
                0 0.6 0 0.9 0.3 -0.7
                """,
                """
                -0.3 0.7 -0.3 -0.6 -0.1 -0.2
                0.2 -0.1 -0.5 -0.2 -0.2 0.8
                """,
                "1.0 0.2 -0.8 0.5 0.4 0.7"),
            new Weights(
                """
                -0.3 -0.9 0.2 -0.8 0.5 0.6
                -0.2 0.9 -0.7 0.9 -0.1 0.5
                """,
                """
                0.5 1.0 0.9 -0.9 -1.0 0.1
                -0.9 0.3 0.1 0.3 -0.1 -0.5
                """,
                "0.9 0.5 -1.0 -0.8 0.3 -0.4"),
            """
            0.0544717 0.6495251 0.3260055 -0.2792680
            0.2380670 0.8078933 0.2704207 0.1519356
            0.2447678 0.7003001 0.0752379 -0.0529143
            0.3414845 0.6759247 0.1376528 0.0786831
            0.1295439 0 0.1540202 -0.1571675
            0.1956012 0.5565940 0.1747959 -0.1749536
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0.1847517 0.6731231 0.1999981 -0.0078155
            0.1800385 0.6175198 -0.0270122 -0.2081047
            0.1837024 0.1612041 0.1720060 -0.1158455
            0 0 0 0
            0.1945180 0.0988236 0.1010343 -0.2341987
            0.2306468 0.6531021 0.2015032 -0.1475254
            """,
            """
            0.3414845 0.6759247 0.3260055 -0.2792680
            0.1956012 0.5565940 0.1540202 -0.1571675
            0.1800385 0.6175198 0.1999981 -0.0078155
            0.2306468 0.6531021 0.1720060 -0.1158455
            """),
        new Recurrent(
            Kind.GRU_RESET_AFTER,
            new Weights(
                """
                -0.2 0.6 -0.3 0.9 0.4 0.1
                -0.6 -0.2 0.5 1.0 -0.9 -0.7
                """,
                """
                0.5 0.7 -0.8 0.7 0.6 0.4
                -0.3 -0.1 -0.3 0.7 -0.3 -0.4
                """,
                """
                0.9 0.8 0.9 0.6 -0.8 -0.8
                0.1 0.7 0.8 0.3 0.9 -0.7
                """),
            new Weights(
                """
                -0.6 -0.3 -0.5 -0.4 -0.8 -0.2
                -0.9 0.1 0.9 -0.1 0.2 0.2
                """,
                """
                0.9 0.5 0.6 -0.3 0.8 -0.6
                -0.2 0.5 -0.3 0.8 0.7 -0.7
                """,
                """
                -0.5 -0.9 0.7 -0.3 -0.2 -0.5
                -0.8 -0.1 -0.5 0.1 -0.6 0
                """),
            """
            0.1363174 -0.0513287 -0.8168468 -0.4395188
            0.1368117 -0.1405849 -0.8436946 -0.4160540
            0.0182855 -0.3182309 -0.3983632 -0.0998635
            -0.1801215 -0.4247743 -0.5827076 -0.2799904
            -0.2399919 -0.2189691 -0.6826133 -0.1155874
            -0.0558366 -0.2851725 -0.5864994 -0.4773759
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0.1579410 -0.0725089 -0.7139631 -0.5663350
            0.1228315 -0.2356844 0.0640609 -0.2471321
            -0.1784337 -0.1682871 -0.6460308 -0.2540467
            0 0 0 0
            -0.2658011 -0.4045525 -0.2949129 -0.0118363
            -0.0534818 -0.4300349 -0.6351946 -0.5129198
            """,
            """
            -0.1801215 -0.4247743 -0.8168468 -0.4395188
            -0.0558366 -0.2851725 -0.6826133 -0.1155874
            0.1228315 -0.2356844 -0.7139631 -0.5663350
            -0.0534818 -0.4300349 -0.6460308 -0.2540467
            """),
        new Recurrent(
            Kind.RNN,
            new Weights(
                """
                0.9 -0.3
                0.9 -0.9
                """,
                """
                0.1 0.2
                0.9 0.9
                """,
                "0 0.5"),
            new Weights(
                """
                1.0 0.5
                0.9 0.9
                """,
                """
                0 0.3
                -0.6 -0.1
                """,
                "0.7 0.2"),
            """
            -0.4218990 0.8482836 -0.1152754 -0.2300855
            0.9554834 0.5434760 0.9500619 0.6929834
            0.1338683 0.8367470 -0.3113212 0.2293068
            0.9592523 0.3362389 0.9570854 0.8366795
            0.4929880 -0.1586485 0.8305866 0.7708118
            -0.0034848 0.6204977 0.6910695 0.0499584
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0 0 0 0
            0.5580522 0.4853811 0.9386552 0.2970766
            -0.5279883 0.9199119 -0.4381993 -0.4777000
            0.7162979 -0.2165181 0.9335674 0.6981455
            0 0 0 0
            -0.8052035 0.6159131 -0.4185699 -0.0924450
            0.5742235 0.8315937 0.7442769 0.0599281
            """,
            """
            0.9592523 0.3362389 -0.1152754 -0.2300855
            -0.0034848 0.6204977 0.8305866 0.7708118
            -0.5279883 0.9199119 0.9386552 0.2970766
            0.5742235 0.8315937 0.9335674 0.6981455
            """));
  }

  @ParameterizedTest
  @MethodSource("recurrent")
  void recurrent_bothDirections_concatenatesThem(Recurrent test) {
    float[] parameters =
        joined(parameters(test.kind(), test.forward()), parameters(test.kind(), test.backward()));

    assertClose(
        "sequences",
        outputs(test.kind(), Direction.BOTH, true, parameters),
        features(numbers(test.sequences()), 0, 2 * UNITS),
        TOLERANCE);
    assertClose(
        "last state",
        outputs(test.kind(), Direction.BOTH, false, parameters),
        features(numbers(test.last()), 0, 2 * UNITS),
        TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("recurrent")
  void recurrent_forward_isTheFirstHalf(Recurrent test) {
    float[] parameters = parameters(test.kind(), test.forward());

    assertClose(
        "sequences",
        outputs(test.kind(), Direction.FORWARD, true, parameters),
        features(numbers(test.sequences()), 0, UNITS),
        TOLERANCE);
    assertClose(
        "last state",
        outputs(test.kind(), Direction.FORWARD, false, parameters),
        features(numbers(test.last()), 0, UNITS),
        TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("recurrent")
  void recurrent_backward_isTheOtherHalf(Recurrent test) {
    float[] parameters = parameters(test.kind(), test.backward());

    assertClose(
        "sequences",
        outputs(test.kind(), Direction.BACKWARD, true, parameters),
        features(numbers(test.sequences()), UNITS, 2 * UNITS),
        TOLERANCE);
    assertClose(
        "last state",
        outputs(test.kind(), Direction.BACKWARD, false, parameters),
        features(numbers(test.last()), UNITS, 2 * UNITS),
        TOLERANCE);
  }

  /** A batch's outputs in the order {@code [batch, time, features]}. */
  private static float[] outputs(
      Kind kind, Direction direction, boolean sequences, float[] parameters) {
    Layer layer =
        LayerTrial.layer(
            new MaskedRecurrent.Builder(kind, UNITS)
                .nIn(INPUTS)
                .direction(direction)
                .sequences(sequences)
                .build(),
            parameters);
    return LayerTrial.outputs(layer, false, floats(TEXTS), floats(TOKENS), BATCH, TIME);
  }

  /** A layer's parameters in its own order: columns one after the other, and its own gates. */
  private static float[] parameters(Kind kind, Weights weights) {
    return joined(
        columns(kind, floats(weights.kernel()), INPUTS),
        columns(kind, floats(weights.recurrentKernel()), UNITS),
        columns(kind, floats(weights.bias()), 1));
  }

  private static float[] columns(Kind kind, float[] kernel, int rows) {
    int width = kernel.length / rows;
    List<Integer> gates =
        kind == Kind.LSTM
            ? List.of(2, 1, 3, 0)
            : IntStream.range(0, width / UNITS).boxed().toList();
    float[] columns = new float[kernel.length];
    for (int at = 0; at < columns.length; at++) {
      int column = at / rows;
      int from = gates.get(column / UNITS) * UNITS + column % UNITS;
      columns[at] = kernel[at % rows * width + from];
    }
    return columns;
  }

  /** Those features of {@code [rows, both directions' units]}. */
  private static double[] features(double[] values, int from, int to) {
    return IntStream.range(0, values.length)
        .filter(i -> i % (2 * UNITS) >= from && i % (2 * UNITS) < to)
        .mapToDouble(i -> values[i])
        .toArray();
  }

  /**
   * A convolution over texts of 4, 2 and 1 tokens, as {@code Conv1D} has it for each text alone: a
   * cross-correlation, padded for {@code same} with zeros, the smaller half in front. A text
   * shorter than the filters is padded behind.
   *
   * @param kernel {@code [width, inputs, filters]}
   * @param outputs before the activation, {@code [batch, time, filters]}
   */
  record Convolution(int width, boolean same, String kernel, String bias, String outputs) {}

  private static final String CONVOLVED =
      """
      0.5 -1  1 0.3  -0.7 0.2  0.4 0.9
      -0.2 0.8  0.6 -0.5  9 9  9 9
      0.5 -1  9 9  9 9  9 9
      """;

  private static final String CONVOLVED_TOKENS =
      """
      1 1 1 1
      1 1 0 0
      1 0 0 0
      """;

  static Stream<Convolution> convolutions() {
    return Stream.of(
        new Convolution(
            3,
            true,
            """
            -0.4 -0.8
            -0.5 -0.8
            -0.5 -0.2
            -0.9 0.7
            -0.2 0.1
            0.3 -0.7
            """,
            "-0.8 -0.7",
            """
            -0.26 -1.61
            -1.07 -0.50
            -0.99 -2.05
            -1.63 0.25
            -1.69 0.31
            -0.97 -1.65
            0 0
            0 0
            -0.15 -1.50
            0 0
            0 0
            0 0
            """),
        new Convolution(
            3,
            false,
            """
            -0.4 -0.8
            -0.5 -0.8
            -0.5 -0.2
            -0.9 0.7
            -0.2 0.1
            0.3 -0.7
            """,
            "-0.8 -0.7",
            """
            -1.07 -0.50
            -0.99 -2.05
            -0.97 -1.65
            0 0
            -0.50 -0.30
            0 0
            """),
        new Convolution(
            2,
            true,
            """
            1.0 -0.8
            -0.2 0.8
            0.2 -1.0
            0.8 -0.2
            """,
            "-0.7 -0.3",
            """
            0.44 -2.56
            0.26 -0.20
            -0.64 -0.16
            -0.48 0.10
            -1.34 0
            0 -1.18
            0 0
            0 0
            0 -1.50
            0 0
            0 0
            0 0
            """),
        new Convolution(
            2,
            false,
            """
            1.0 -0.8
            -0.2 0.8
            0.2 -1.0
            0.8 -0.2
            """,
            "-0.7 -0.3",
            """
            0.44 -2.56
            0.26 -0.20
            -0.64 -0.16
            -1.34 0
            0 0
            0 0
            0 -1.50
            0 0
            0 0
            """));
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolution_mixedLengths_isThatOfEachText(Convolution test) {
    float[] actual = convolved(test, Activation.IDENTITY);

    assertClose("output", actual, numbers(test.outputs()), TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("convolutions")
  void convolution_relu_isItsPositivePart(Convolution test) {
    float[] actual = convolved(test, Activation.RELU);

    double[] expected =
        Arrays.stream(numbers(test.outputs())).map(value -> Math.max(0, value)).toArray();
    assertClose("output", actual, expected, TOLERANCE);
  }

  private static float[] convolved(Convolution test, Activation activation) {
    Layer layer =
        LayerTrial.layer(
            new MaskedConvolution.Builder(test.width())
                .same(test.same())
                .nIn(INPUTS)
                .nOut(UNITS)
                .activation(activation)
                .build(),
            joined(floats(test.kernel()), floats(test.bias())));
    return LayerTrial.outputs(layer, false, floats(CONVOLVED), floats(CONVOLVED_TOKENS), 3, TIME);
  }

  /** What Keras' own tests expect for inputs 0, 1, 2 … and weights that are all alike. */
  @ParameterizedTest
  @EnumSource(names = {"LSTM", "GRU_RESET_AFTER"})
  void recurrent_casesOfKerasOwnTests_equalTheirOutputs(Kind kind) {
    int inputs = 3;
    float[] parameters = new float[(inputs + UNITS) * kind.gates() * UNITS + kind.biases() * UNITS];
    Arrays.fill(parameters, 0.03f);
    Arrays.fill(parameters, 0, inputs * kind.gates() * UNITS, 0.01f);
    Arrays.fill(
        parameters, inputs * kind.gates() * UNITS, (inputs + UNITS) * kind.gates() * UNITS, 0.02f);
    if (kind == Kind.LSTM) {
      int forget = (inputs + UNITS) * kind.gates() * UNITS + UNITS;
      Arrays.fill(parameters, forget, forget + UNITS, 1);
    }
    Layer layer =
        LayerTrial.layer(new MaskedRecurrent.Builder(kind, UNITS).nIn(inputs).build(), parameters);
    float[] ascending = new float[2 * TIME * inputs];
    for (int i = 0; i < ascending.length; i++) {
      ascending[i] = i;
    }
    boolean lstm = kind == Kind.LSTM;

    float[] actual =
        LayerTrial.outputs(
            layer, false, ascending, floats(lstm ? "1 1 1 0 1 1 0 0" : "1 1 0 1 1 0 0 1"), 2, TIME);

    double[] expected =
        numbers(
            lstm
                ? "0.01588910 0.05552048 0.11755939 0 0.14185596 0.28556206 0 0"
                : "0.03606692 0.09497581 0 0.19393763 0.16051409 0 0 0.30818558");
    for (int i = 0; i < actual.length; i++) {
      assertClose("output", new float[] {actual[i]}, new double[] {expected[i / UNITS]}, TOLERANCE);
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.strip().split("\\s+")).mapToDouble(Double::parseDouble).toArray();
  }

  private static float[] floats(String text) {
    double[] numbers = numbers(text);
    float[] floats = new float[numbers.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) numbers[i];
    }
    return floats;
  }

  private static float[] joined(float[]... parts) {
    float[] all = new float[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }
}
