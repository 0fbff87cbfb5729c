package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class Dl4jBackendTest extends InferenceBackendContractTest {
  private static final int WARM_UP_BATCHES = 30;
  private static final int BATCHES = 150;
  private static final long NOISE_BYTES = 1 << 20;

  @Override
  protected InferenceBackend create(ModelBundle bundle, int parallelism) {
    return new Dl4jBackend(bundle, Nd4jDevice.start(Device.AUTO), parallelism);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_overManyBatches_holdNoMoreNativeMemory(NetworkSpec network) {
    try (InferenceBackend backend = create(TestBundles.random(network, Precision.F32), 1)) {
      run(backend, WARM_UP_BATCHES);
      long before = Pointer.totalBytes();

      run(backend, BATCHES);

      assertThat(Pointer.totalBytes() - before).isLessThan(NOISE_BYTES);
    }
  }

  private static void run(InferenceBackend backend, int batches) {
    for (int batch = 0; batch < batches; batch++) {
      backend.probabilities(texts(batch % 10, 1 + batch % 13, 5, 20));
    }
  }
}
