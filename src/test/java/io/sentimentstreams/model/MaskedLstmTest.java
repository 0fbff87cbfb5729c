package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.kernel.Tanh;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.schedule.FixedSchedule;

/** {@link MaskedLstm} against Deeplearning4j's own LSTM on texts reversed under their masks. */
final class MaskedLstmTest {
  private static final NetworkSpec SPEC = NetworkSpec.biLstm(6, 5, Pooling.MAX_AND_MEAN);
  private static final NetworkTraining TRAINING =
      new NetworkTraining(new FixedSchedule(1e-3), 0, 0, 1, 0, 0, List.of());
  private static final int VOCABULARY = 40;
  private static final int LABELS = 3;

  @Test
  void tanh_anyValue_isExactWithinFloatRounding() {
    for (float x = -12; x <= 12; x += 0.001f) {
      assertThat((double) Tanh.of(x)).isCloseTo(Math.tanh(x), within(4e-7));
      assertThat(Math.abs(Tanh.of(x))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void gradient_textsOfMixedLengths_equalsThatOfReversedStockLayers() {
    assertSameGradients(List.of(9, 1, 4, 9, 2));
  }

  @Test
  void gradient_textsOfOneLength_equalsThatOfReversedStockLayers() {
    assertSameGradients(List.of(7, 7, 7));
  }

  @Test
  void gradient_textsOfOneToken_equalsThatOfReversedStockLayers() {
    assertSameGradients(List.of(1, 1));
  }

  @Test
  void gradient_oneText_equalsThatOfReversedStockLayers() {
    assertSameGradients(List.of(6));
  }

  @Test
  void output_inTrainingWithoutDropout_equalsThatOfInference() {
    ComputationGraph graph =
        Networks.build(SPEC, NetworkSize.of(VOCABULARY, LABELS), TRAINING, 3, true);
    try (PaddedBatch batch = PaddedBatch.of(texts(List.of(9, 1, 4, 2)))) {
      assertThat(output(graph, true, batch)).isDeepEqualTo(output(graph, false, batch));
    }
  }

  @Test
  void output_withoutMask_equalsThatOfAMaskOfOnes() {
    ComputationGraph graph =
        Networks.build(SPEC, NetworkSize.of(VOCABULARY, LABELS), null, 3, true);
    try (PaddedBatch batch = PaddedBatch.of(texts(List.of(7, 7)))) {
      assertThat(graph.outputSingle(batch.ids()).toFloatMatrix())
          .isDeepEqualTo(output(graph, false, batch));
    }
  }

  @Test
  void trace_thatIsNotWhole_holdsTwoStepsOfAnyText() {
    LstmTrace trace = new LstmTrace(3, 4, 50, null, false);

    assertThat(trace.cell).hasDimensions(50, 12);
    assertThat(Stream.of(trace.cell).map(System::identityHashCode).distinct()).hasSize(2);
    assertThat(trace.cell[1]).isNotSameAs(trace.cell[0]);
  }

  private static float[][] output(ComputationGraph graph, boolean training, PaddedBatch batch) {
    INDArray[] ids = {batch.ids()};
    INDArray[] mask = {batch.mask()};
    return graph.output(training, ids, mask, null)[0].toFloatMatrix();
  }

  private static void assertSameGradients(List<Integer> lengths) {
    ComputationGraph own =
        Networks.build(SPEC, NetworkSize.of(VOCABULARY, LABELS), TRAINING, 3, true);
    ComputationGraph stock =
        Networks.build(SPEC, NetworkSize.of(VOCABULARY, LABELS), TRAINING, 3, false);
    Networks.setWeights(stock, SPEC, Networks.weightsOf(own, SPEC));
    List<int[]> texts = texts(lengths);

    float[] actual = gradient(own, texts);
    float[] expected = gradient(stock, texts);

    assertThat(own.score()).isCloseTo(stock.score(), within(1e-5));
    assertThat(expected).isNotEqualTo(new float[expected.length]);
    assertThat(actual).containsExactly(expected, within(2e-5f));
  }

  private static float[] gradient(ComputationGraph graph, List<int[]> texts) {
    try (PaddedBatch batch = PaddedBatch.of(texts)) {
      INDArray labels = Nd4j.zeros(texts.size(), LABELS);
      for (int row = 0; row < texts.size(); row++) {
        labels.putScalar(row, row % LABELS, 1);
      }
      graph.setInputs(batch.ids());
      graph.setLabels(labels);
      graph.setLayerMaskArrays(new INDArray[] {batch.mask()}, null);
      graph.computeGradientAndScore();
      return graph.getFlattenedGradients().dup().toFloatVector();
    }
  }

  private static List<int[]> texts(List<Integer> lengths) {
    Random random = new Random(5);
    List<int[]> texts = new ArrayList<>();
    for (int length : lengths) {
      texts.add(random.ints(length, 1, VOCABULARY).toArray());
    }
    return texts;
  }
}
