package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Dl4jBackendTest extends InferenceBackendContractTest {
  @Override
  protected BackendKind kind() {
    return BackendKind.DL4J;
  }

  @Test
  void computedTokens_farApartLengths_padWithinBucketsOnly() {
    ModelBundle bundle = TestBundles.random(TestBundles.CONV1D, Precision.F32);
    try (InferenceBackend backend = Backends.open(bundle, kind(), Device.AUTO, 1)) {
      // One step's fixed work is worth padding three tokens, but not a thousand.
      assertThat(backend.computedTokens(new int[] {2, 1000, 3, 3})).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_ofItsOwnLayersPaddedToTheLongest_equalThoseOfThisProjects(
      NetworkSpec network) {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);
    int[][] texts = texts(9, 2, 100, 3, 3);
    try (InferenceBackend usual = Backends.open(bundle, kind(), Device.CPU, 1);
        InferenceBackend plain = Backends.openPlain(bundle, kind(), Device.CPU, 1, 1)) {
      float[][] expected = usual.probabilities(texts);
      float[][] actual = plain.probabilities(texts);

      for (int row = 0; row < texts.length; row++) {
        assertThat(actual[row]).containsExactly(expected[row], within(1e-5f));
      }
      assertThat(plain.computedTokens(new int[] {2, 100, 3, 3})).isEqualTo(4 * 100);
    }
  }

  @Test
  void memoryBytes_twoAtATime_areTwiceThoseOfOne() {
    ModelBundle bundle = TestBundles.random(TestBundles.BILSTM, Precision.F32);
    long weights =
        4L * bundle.weights().tensors().stream().mapToLong(tensor -> tensor.values().length).sum();
    try (InferenceBackend one = Backends.open(bundle, kind(), Device.AUTO, 1);
        InferenceBackend two = Backends.open(bundle, kind(), Device.AUTO, 2)) {
      assertThat(one.memoryBytes()).isEqualTo(weights);
      assertThat(two.memoryBytes()).isEqualTo(2 * weights);
    }
  }
}
