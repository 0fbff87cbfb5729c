package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CompiledBackendTest extends InferenceBackendContractTest {
  @Override
  protected BackendKind kind() {
    return BackendKind.COMPILED;
  }

  private static float[][] compute(ModelBundle bundle, BackendKind kind, int[][] texts) {
    try (InferenceBackend backend = Backends.open(bundle, kind, Device.CPU, 1)) {
      return backend.probabilities(texts);
    }
  }

  /** Windows narrower and wider than those with loops of their own, at the edges of texts. */
  @ParameterizedTest
  @CsvSource({
    "1, MAX",
    "2, MAX",
    "3, MAX",
    "4, MAX",
    "5, MAX",
    "6, MAX",
    "9, MAX",
    "1, MAX_AND_MEAN",
    "2, MAX_AND_MEAN",
    "3, MAX_AND_MEAN",
    "5, MAX_AND_MEAN",
    "7, MAX_AND_MEAN"
  })
  void probabilities_convolutionOfAnyWidth_equalPlainLoops(int width, Pooling pooling) {
    assertEqualToPlainLoops(NetworkSpec.conv1d(6, 20, width, pooling, 5));
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void probabilities_lstmOfOddSize_equalPlainLoops(Pooling pooling) {
    assertEqualToPlainLoops(NetworkSpec.biLstm(9, 37, pooling));
  }

  private static void assertEqualToPlainLoops(NetworkSpec network) {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);
    int[][] texts = texts(11, IntStream.rangeClosed(1, 150).map(i -> 1 + i * 37 % 50).toArray());

    float[][] actual = compute(bundle, BackendKind.COMPILED, texts);

    for (int row = 0; row < texts.length; row++) {
      double[] expected = ReferenceNetwork.probabilities(network, bundle.weights(), texts[row]);
      for (int label = 0; label < expected.length; label++) {
        assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-5));
      }
    }
  }

  @Test
  void computedTokens_mixedLengths_areNotPadded() {
    try (InferenceBackend backend =
        Backends.open(
            TestBundles.random(TestBundles.BILSTM, Precision.F32), kind(), Device.CPU, 1)) {
      assertThat(backend.computedTokens(new int[] {2, 1000, 3})).isEqualTo(1005);
    }
  }

  @Test
  void memoryBytes_ofMoreThreads_areTheSame() {
    ModelBundle bundle = TestBundles.random(TestBundles.BILSTM, Precision.F32);
    try (InferenceBackend one = Backends.open(bundle, kind(), Device.CPU, 1);
        InferenceBackend four = Backends.open(bundle, kind(), Device.CPU, 4)) {
      assertThat(four.memoryBytes()).isEqualTo(one.memoryBytes());
      // Two tables [50, 20], two kernels [5, 20], [10, 3] and [3]: 32 bits each.
      assertThat(one.memoryBytes()).isEqualTo(4L * (2 * 50 * 20 + 2 * 5 * 20 + 10 * 3 + 3));
    }
  }

  @Test
  void open_sumsBeyondTheTanhsRange_isRefusedAndAutoTakesAnother() {
    ModelBundle bundle = withScaled("lstm.backward.kernel", 1e8f);

    assertThatThrownBy(() -> Backends.open(bundle, BackendKind.COMPILED, Device.CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("weights this large")
        .hasMessageContaining("lstm.backward.");
    try (InferenceBackend other = Backends.open(bundle, BackendKind.AUTO, Device.CPU, 1)) {
      assertThat(other.name()).isEqualTo("dl4j");
    }
  }

  @Test
  void probabilities_sumsAtTheRangesEnd_equalPlainLoops() {
    ModelBundle bundle = withScaled("lstm.forward.kernel", 1e4f);
    int[][] texts = texts(12, 1, 30, 7);

    float[][] actual = compute(bundle, BackendKind.COMPILED, texts);

    for (int row = 0; row < texts.length; row++) {
      double[] expected =
          ReferenceNetwork.probabilities(TestBundles.BILSTM, bundle.weights(), texts[row]);
      for (int label = 0; label < expected.length; label++) {
        assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-4));
      }
    }
  }

  /** Windows far below zero, which relu cuts off, take no digit from the others. */
  @ParameterizedTest
  @EnumSource(Pooling.class)
  void probabilities_firstWindowsFarBelowZero_equalPlainLoops(Pooling pooling) {
    NetworkSpec network = NetworkSpec.conv1d(6, 20, 3, pooling, 5);
    ModelBundle bundle =
        with(
            network,
            (name, values) -> {
              if (name.equals("embedding.weight")) {
                values[7 * 6] = -1e8f;
              }
              if (name.equals("conv1d.kernel")) {
                for (int i = 0; i < values.length; i++) {
                  values[i] = i / 20 % 6 == 0 ? 1 : values[i]; // [width, embedding, filter]
                }
              }
            });
    int[][] texts = {{7, 1, 2, 3, 4, 5}, {7}, {1, 2, 7}, {7, 7, 8, 9, 8}};

    float[][] actual = compute(bundle, BackendKind.COMPILED, texts);

    for (int row = 0; row < texts.length; row++) {
      double[] expected = ReferenceNetwork.probabilities(network, bundle.weights(), texts[row]);
      for (int label = 0; label < expected.length; label++) {
        assertThat((double) actual[row][label]).isCloseTo(expected[label], within(1e-5));
      }
    }
  }

  private static ModelBundle withScaled(String scaled, float factor) {
    return with(
        TestBundles.BILSTM,
        (name, values) -> {
          for (int i = 0; name.equals(scaled) && i < values.length; i++) {
            values[i] *= factor;
          }
        });
  }

  private static ModelBundle with(NetworkSpec network, BiConsumer<String, float[]> change) {
    List<Tensor> tensors = new ArrayList<>();
    for (Tensor tensor : TestBundles.weights(network).tensors()) {
      float[] values = tensor.values().clone();
      change.accept(tensor.name(), values);
      tensors.add(new Tensor(tensor.name(), tensor.shape(), values));
    }
    return TestBundles.of(network, Weights.of(tensors), Precision.F32);
  }

  @Test
  void probabilities_fromManyTexts_areOfTheirOwnText() {
    ModelBundle bundle = TestBundles.random(TestBundles.CONV1D, Precision.F32);
    int[][] texts = texts(13, IntStream.range(0, 1000).map(i -> 1 + i * 31 % 97).toArray());

    float[][] together = compute(bundle, BackendKind.COMPILED, texts);
    float[][] reversed = compute(bundle, BackendKind.COMPILED, reversed(texts));

    for (int row = 0; row < texts.length; row++) {
      assertThat(reversed[texts.length - 1 - row]).containsExactly(together[row], within(1e-6f));
    }
  }

  private static int[][] reversed(int[][] texts) {
    int[][] reversed = new int[texts.length][];
    Arrays.setAll(reversed, i -> texts[texts.length - 1 - i]);
    return reversed;
  }
}
