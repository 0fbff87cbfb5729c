package io.sentimentstreams.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

final class SoftmaxCrossEntropyTest {
  private static final IActivation SOFTMAX = new ActivationSoftmax();
  private static final INDArray LABELS =
      Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0.05f, 0.9f, 0.05f}, {0, 0, 1}, {0, 1, 0}});

  private final INDArray output =
      Nd4j.createFromArray(
          new float[][] {{1, 2, -1}, {0.5f, -3, 4}, {-60, 50, -50}, {200, 199, -200}});

  @Test
  void scoreAndGradient_noWeights_areLossMcxents() {
    assertSame(new SoftmaxCrossEntropy(), new LossMCXENT(), output);
  }

  @Test
  void scoreAndGradient_weights_areLossMcxents() {
    INDArray weights = Nd4j.createFromArray(new float[][] {{0.5f, 1, 3}});

    assertSame(new SoftmaxCrossEntropy(0.5, 1, 3), new LossMCXENT(weights), output);
  }

  @ParameterizedTest
  @ValueSource(chars = {'c', 'f'})
  void scoreAndGradient_outputInAnyOrder_areLossMcxents(char order) {
    assertSame(new SoftmaxCrossEntropy(), new LossMCXENT(), output.dup(order));
  }

  private static void assertSame(ILossFunction own, ILossFunction expected, INDArray output) {
    INDArray before = output.dup();
    double rows = output.size(0);

    assertThat(own.computeScore(LABELS, output, SOFTMAX, null, true))
        .isCloseTo(expected.computeScore(LABELS, output.dup(), SOFTMAX, null, true), within(1e-5));
    assertThat(own.computeScoreArray(LABELS, output, SOFTMAX, null).toFloatVector())
        .containsExactly(
            expected.computeScoreArray(LABELS, output.dup(), SOFTMAX, null).toFloatVector(),
            within(1e-4f));
    assertThat(own.computeGradient(LABELS, output, SOFTMAX, null).dup('c').data().asFloat())
        .containsExactly(
            expected
                .computeGradient(LABELS, output.dup(), SOFTMAX, null)
                .div(rows)
                .dup('c')
                .data()
                .asFloat(),
            within(1e-6f));
    assertThat(output).isEqualTo(before);
  }

  @Test
  void computeScore_mask_isRefused() {
    assertThatThrownBy(
            () ->
                new SoftmaxCrossEntropy()
                    .computeScore(LABELS, output, SOFTMAX, Nd4j.ones(4, 1), true))
        .hasMessageContaining("mask");
  }
}
