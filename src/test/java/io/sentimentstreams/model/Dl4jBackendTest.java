package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
