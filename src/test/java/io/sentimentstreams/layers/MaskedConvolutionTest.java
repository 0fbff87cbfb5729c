package io.sentimentstreams.layers;

import static io.sentimentstreams.layers.DoublePrecision.assertClose;
import static io.sentimentstreams.layers.DoublePrecision.gaussians;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link MaskedConvolution} against plain loops over each text alone in double precision: outputs
 * directly, losses by central differences of these loops.
 */
final class MaskedConvolutionTest {
  private static final int INPUTS = 3;
  private static final int FILTERS = 4;
  private static final double STEP = 1e-6;
  private static final LayerWorkspaceMgr WORKSPACES = LayerWorkspaceMgr.noWorkspaces();

  /** A layer and the lengths of a batch's texts; the first is the longest. */
  record Case(int width, boolean same, Activation activation, List<Integer> lengths) {

    int time() {
      return lengths.get(0);
    }

    int outputs(int length) {
      return same || length == 0 ? length : Math.max(1, length - width + 1);
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (int width : new int[] {1, 2, 3, 5}) {
      for (boolean same : new boolean[] {true, false}) {
        for (List<Integer> lengths :
            List.of(List.of(7, 7, 7), List.of(8, 1, 5, 0, 8, 3), List.of(2, 1), List.of(6))) {
          cases.add(new Case(width, same, Activation.RELU, lengths));
        }
      }
    }
    cases.add(new Case(3, true, Activation.IDENTITY, List.of(6, 2)));
    cases.add(new Case(3, true, Activation.TANH, List.of(6, 2)));
    cases.add(new Case(3, false, Activation.SIGMOID, List.of(6, 2)));
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void activate_anyLengths_equalsEachTextAloneInDoublePrecision(Case test) {
    Trial trial = new Trial(test);

    float[] actual = trial.outputs().dup('c').data().asFloat();

    double[] expected = trial.reference(trial.parameters(), trial.input());
    assertClose("output", actual, expected, 3e-6);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void backpropGradient_anyLengths_equalsCentralDifferencesInDoublePrecision(Case test) {
    Trial trial = new Trial(test);
    trial.outputs();
    INDArray inputLoss = trial.layer.backpropGradient(trial.weights, WORKSPACES).getSecond();

    assertClose(
        "loss by parameter",
        trial.gradients.dup().data().asFloat(),
        trial.differences(trial.parameters(), values -> trial.reference(values, trial.input())),
        1e-5);
    assertClose(
        "loss by input",
        inputLoss.dup('c').data().asFloat(),
        trial.differences(trial.input(), values -> trial.reference(trial.parameters(), values)),
        1e-5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void feedForwardMaskArray_anyLengths_isTheOutputsOwn(Case test) {
    Trial trial = new Trial(test);

    INDArray mask = trial.layer.feedForwardMaskArray(trial.mask, MaskState.Active, 1).getFirst();

    for (int row = 0; row < test.lengths().size(); row++) {
      int length = mask.getRow(row).sumNumber().intValue();
      assertThat(length).isEqualTo(test.outputs(test.lengths().get(row)));
    }
    assertThat(mask.size(1)).isEqualTo(test.outputs(test.time()));
  }

  @Test
  void json_ofALayer_givesTheSameLayer() {
    NeuralNetConfiguration conf = new Trial(new Case(5, false, Activation.TANH, List.of(6))).conf;

    NeuralNetConfiguration read = NeuralNetConfiguration.fromJson(conf.toJson());

    assertThat(read.getLayer()).isEqualTo(conf.getLayer());
    assertThat(((MaskedConvolution) read.getLayer()).width()).isEqualTo(5);
    assertThat(((MaskedConvolution) read.getLayer()).same()).isFalse();
  }

  @Test
  void instantiate_otherActivation_isRefused() {
    Case test = new Case(3, true, Activation.SOFTPLUS, List.of(6));
    assertThatThrownBy(() -> new Trial(test))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("relu");
  }

  /** One layer on one batch, with a loss that weighs each output by a random number. */
  private static final class Trial {
    private final Case test;
    private final int rows;
    private final int outputTime;
    private final NeuralNetConfiguration conf;
    private final Layer layer;
    private final INDArray parameters;
    private final INDArray gradients;
    private final INDArray input; // [rows, inputs, time]
    private final INDArray mask; // [rows, time]
    private final INDArray weights; // [rows, filters, output time]

    Trial(Case test) {
      this.test = test;
      this.rows = test.lengths().size();
      this.outputTime = test.outputs(test.time());
      this.conf =
          new NeuralNetConfiguration.Builder()
              .layer(
                  new MaskedConvolution.Builder(test.width())
                      .same(test.same())
                      .nIn(INPUTS)
                      .nOut(FILTERS)
                      .activation(test.activation())
                      .weightInit(WeightInit.XAVIER)
                      .build())
              .build();
      Random random = new Random(3);
      long count = conf.getLayer().initializer().numParams(conf);
      this.parameters = gaussians(random, 1, 1, count);
      this.gradients = gaussians(random, 1, 1, count); // To be overwritten.
      this.layer =
          conf.getLayer().instantiate(conf, List.of(), 0, parameters, false, DataType.FLOAT);
      layer.setBackpropGradientsViewArray(gradients);
      this.input = gaussians(random, 1, rows, INPUTS, test.time());
      this.weights = gaussians(random, 1, rows, FILTERS, outputTime);
      this.mask = Nd4j.zeros(rows, test.time());
      for (int row = 0; row < rows; row++) {
        for (int step = 0; step < test.lengths().get(row); step++) {
          mask.putScalar(row, step, 1);
        }
      }
    }

    INDArray outputs() {
      layer.feedForwardMaskArray(mask, MaskState.Active, rows);
      layer.setInput(input, WORKSPACES);
      return layer.activate(true, WORKSPACES);
    }

    double[] parameters() {
      return parameters.data().asDouble();
    }

    double[] input() {
      return input.data().asDouble();
    }

    /** The outputs {@code [rows, filters, output time]}. */
    double[] reference(double[] values, double[] x) {
      double[] outputs = new double[rows * FILTERS * outputTime];
      for (int row = 0; row < rows; row++) {
        int length = test.lengths().get(row);
        for (int step = 0; step < test.outputs(length); step++) {
          int first = test.same() ? step - (test.width() - 1) / 2 : step;
          for (int filter = 0; filter < FILTERS; filter++) {
            double sum = values[test.width() * INPUTS * FILTERS + filter];
            for (int column = 0; column < test.width(); column++) {
              int at = first + column;
              for (int i = 0; at >= 0 && at < length && i < INPUTS; i++) {
                sum +=
                    x[(row * INPUTS + i) * test.time() + at]
                        * values[(column * INPUTS + i) * FILTERS + filter];
              }
            }
            outputs[(row * FILTERS + filter) * outputTime + step] = activated(sum);
          }
        }
      }
      return outputs;
    }

    private double activated(double sum) {
      return switch (test.activation()) {
        case RELU -> Math.max(0, sum);
        case TANH -> Math.tanh(sum);
        case SIGMOID -> 1 / (1 + Math.exp(-sum));
        default -> sum;
      };
    }

    double[] differences(double[] values, UnaryOperator<double[]> outputs) {
      return DoublePrecision.differences(values, outputs, weights.data().asDouble(), STEP);
    }
  }
}
