package io.sentimentstreams.layers;

import static io.sentimentstreams.layers.DoublePrecision.assertClose;
import static io.sentimentstreams.layers.DoublePrecision.gaussians;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.layers.MaskedRecurrent.Direction;
import io.sentimentstreams.layers.MaskedRecurrent.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link MaskedRecurrent} against {@link ReferenceCell}, which computes each text alone in double
 * precision: outputs directly, losses by central differences of the reference, with a step at which
 * these are exact to about 1e-9.
 */
final class MaskedRecurrentTest {
  private static final int INPUTS = 3;
  private static final int UNITS = 5;
  private static final double STEP = 1e-5;
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  /** A layer and a batch's mask, {@code [batch][time]}. */
  record Case(
      Kind kind, Direction direction, boolean sequences, String mask, double in, double recurrent) {

    MaskedRecurrent layer() {
      return new MaskedRecurrent.Builder(kind, UNITS)
          .nIn(INPUTS)
          .direction(direction)
          .sequences(sequences)
          .inputDropout(in)
          .recurrentDropout(recurrent)
          .weightInit(WeightInit.XAVIER)
          .build();
    }

    int outputs() {
      return direction == Direction.BOTH ? 2 * UNITS : UNITS;
    }

    List<boolean[]> rows() {
      List<boolean[]> rows = new ArrayList<>();
      for (String row : mask.split(" ", -1)) {
        boolean[] tokens = new boolean[row.length()];
        for (int time = 0; time < tokens.length; time++) {
          tokens[time] = row.charAt(time) == '1';
        }
        rows.add(tokens);
      }
      return rows;
    }
  }

  static Stream<Case> cases() {
    List<String> masks =
        List.of(
            "1111 1111 1111", // equal lengths
            "111000 111111 100000 000000 111100", // padded at the end, one without tokens
            "000111 111111 000001", // padded at the front
            "101101 010000 111110", // with gaps
            "1 1",
            "1111111");
    List<Case> cases = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (Direction direction : Direction.values()) {
        for (boolean sequences : new boolean[] {true, false}) {
          for (String mask : masks) {
            cases.add(new Case(kind, direction, sequences, mask, 0, 0));
          }
          cases.add(new Case(kind, direction, sequences, masks.get(1), 0.4, 0));
          cases.add(new Case(kind, direction, sequences, masks.get(1), 0.2, 0.4));
        }
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void activate_anyMask_equalsEachTextAloneInDoublePrecision(Case test) {
    Trial trial = new Trial(test);

    float[] actual = trial.outputs().dup('c').data().asFloat();

    double[] expected = trial.reference(trial.parameters(), trial.input());
    assertClose("output", actual, expected, 3e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backpropGradient_anyMask_equalsCentralDifferencesInDoublePrecision(Case test) {
    Trial trial = new Trial(test);
    trial.outputs();
    INDArray inputLoss = trial.backward();

    assertClose(
        "loss by parameter",
        trial.gradients().dup().data().asFloat(),
        trial.differences(trial.parameters(), values -> trial.reference(values, trial.input())),
        2e-5);
    assertClose(
        "loss by input",
        inputLoss.dup('c').data().asFloat(),
        trial.differences(trial.input(), values -> trial.reference(trial.parameters(), values)),
        2e-5);
  }

  /** One layer on one batch, with a loss that weighs each output by a random number. */
  private static final class Trial {
    private static final long SEED = 9;

    private final Case test;
    private final List<boolean[]> rows;
    private final int time;
    private final MaskedRecurrent conf;
    private final Layer layer;
    private final INDArray parameters;
    private final INDArray gradients;
    private final INDArray input;
    private final INDArray mask;
    private final INDArray weights;

    Trial(Case test) {
      this.test = test;
      this.rows = test.rows();
      this.time = rows.get(0).length;
      NeuralNetConfiguration full =
          new NeuralNetConfiguration.Builder().layer(test.layer()).build();
      this.conf = (MaskedRecurrent) full.getLayer();
      long count = conf.initializer().numParams(full);
      Random random = new Random(3);
      this.parameters = gaussians(random, 0.6, 1, count);
      this.gradients = gaussians(random, 1, 1, count); // To be overwritten.
      this.layer = conf.instantiate(full, List.of(), 0, parameters, false, DataType.FLOAT);
      layer.setBackpropGradientsViewArray(gradients);
      this.input = gaussians(random, 1, rows.size(), INPUTS, time);
      this.weights =
          test.sequences()
              ? gaussians(random, 1, rows.size(), test.outputs(), time)
              : gaussians(random, 1, rows.size(), test.outputs());
      this.mask = mask(rows, time);
    }

    INDArray outputs() {
      Nd4j.getRandom().setSeed(SEED);
      layer.feedForwardMaskArray(mask, MaskState.Active, rows.size());
      layer.setInput(input, WORKSPACES);
      return layer.activate(true, WORKSPACES);
    }

    INDArray backward() {
      return layer.backpropGradient(weights, WORKSPACES).getSecond();
    }

    INDArray gradients() {
      return gradients;
    }

    double[] parameters() {
      return parameters.data().asDouble();
    }

    double[] input() {
      return input.data().asDouble();
    }

    /** The outputs in the order 'c'. */
    double[] reference(double[] values, double[] x) {
      double[] outputs = new double[rows.size() * test.outputs() * (test.sequences() ? time : 1)];
      Nd4j.getRandom().setSeed(SEED);
      int prefix = 0;
      for (boolean reversed : reversals()) {
        direction(values, x, prefix, reversed, outputs);
        prefix++;
      }
      return outputs;
    }

    private List<Boolean> reversals() {
      return switch (test.direction()) {
        case FORWARD -> List.of(false);
        case BACKWARD -> List.of(true);
        case BOTH -> List.of(false, true);
      };
    }

    private void direction(double[] values, double[] x, int way, boolean reversed, double[] to) {
      TokenOrder order = TokenOrder.of(mask, rows.size(), time);
      int count = order.rowsAt(0);
      float[] in = MaskedRecurrentLayer.factors(test.in(), count * INPUTS);
      float[] recurrent = MaskedRecurrentLayer.factors(test.recurrent(), count * UNITS);
      int from = way * values.length / reversals().size();
      ReferenceCell cell = new ReferenceCell(test.kind(), INPUTS, UNITS, values, from);
      for (int index = 0; index < count; index++) {
        int row = order.row(index);
        List<Integer> places = places(row, reversed);
        double[][] text = new double[places.size()][INPUTS];
        for (int step = 0; step < text.length; step++) {
          for (int i = 0; i < INPUTS; i++) {
            text[step][i] = x[(row * INPUTS + i) * time + places.get(step)];
          }
        }
        put(
            cell.run(text, part(in, index, INPUTS), part(recurrent, index, UNITS)),
            row,
            places,
            way,
            to);
      }
    }

    private void put(double[][] outputs, int row, List<Integer> places, int way, double[] to) {
      for (int step = 0; step < outputs.length; step++) {
        for (int unit = 0; unit < UNITS; unit++) {
          int feature = row * test.outputs() + way * UNITS + unit;
          if (test.sequences()) {
            to[feature * time + places.get(step)] = outputs[step][unit];
          } else {
            to[feature] = outputs[step][unit];
          }
        }
      }
    }

    private List<Integer> places(int row, boolean reversed) {
      List<Integer> places = new ArrayList<>();
      for (int at = 0; at < time; at++) {
        int place = reversed ? time - 1 - at : at;
        if (rows.get(row)[place]) {
          places.add(place);
        }
      }
      return places;
    }

    private static float[] part(float @Nullable [] factors, int index, int size) {
      return factors == null
          ? new float[0]
          : Arrays.copyOfRange(factors, index * size, (index + 1) * size);
    }

    double[] differences(double[] values, UnaryOperator<double[]> outputs) {
      return DoublePrecision.differences(values, outputs, weights.data().asDouble(), STEP);
    }
  }

  private static INDArray mask(List<boolean[]> rows, int time) {
    float[] values = new float[rows.size() * time];
    for (int row = 0; row < rows.size(); row++) {
      for (int at = 0; at < time; at++) {
        values[row * time + at] = rows.get(row)[at] ? 1 : 0;
      }
    }
    return Nd4j.create(values, new long[] {rows.size(), time}, 'c');
  }

  @Test
  void inputDropout_ofOne_isRefused() {
    MaskedRecurrent.Builder builder = new MaskedRecurrent.Builder(Kind.LSTM, UNITS);
    assertThatThrownBy(() -> builder.inputDropout(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("inputDropout", "1.0");
  }
}
