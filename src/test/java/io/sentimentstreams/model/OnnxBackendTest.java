package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.sentimentstreams.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxBackendTest extends InferenceBackendContractTest {
  private static final int[] LENGTHS = {2, 1000, 3, 3};

  @Override
  protected BackendKind kind() {
    return BackendKind.ONNX;
  }

  static boolean hasGpuPart() {
    return OnnxRuntime.gpuSupport() != GpuSupport.NOT_BUILT;
  }

  private static ModelBundle bundle(NetworkSpec network) {
    return TestBundles.random(network, Precision.F32);
  }

  @Test
  void computedTokens_farApartLengths_padAToken() {
    try (InferenceBackend backend =
        Backends.open(bundle(TestBundles.CONV1D), kind(), Device.CPU, 1)) {
      // A step's fixed work is worth padding one token, but not a thousand.
      assertThat(backend.computedTokens(LENGTHS)).isEqualTo(9 + 1000);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void probabilities_paddedToTheLongest_equalThoseOfBuckets(NetworkSpec network) {
    int[][] texts = texts(9, LENGTHS);
    try (InferenceBackend buckets = Backends.open(bundle(network), kind(), Device.CPU, 1);
        InferenceBackend longest =
            Backends.openPlain(bundle(network), BackendKind.ONNX, Device.CPU, 1, 2)) {
      float[][] expected = buckets.probabilities(texts);
      float[][] actual = longest.probabilities(texts);

      for (int row = 0; row < texts.length; row++) {
        assertThat(actual[row]).containsExactly(expected[row], within(1e-5f));
      }
      assertThat(longest.computedTokens(LENGTHS)).isEqualTo(4 * 1000);
      assertThat(longest.computedTokens(new int[0])).isZero();
      assertThat(longest.probabilities(new int[0][])).isEmpty();
    }
  }

  @Test
  void probabilities_ofMoreTokensThanUsual_areThere() {
    try (InferenceBackend longest =
        Backends.openPlain(bundle(TestBundles.CONV1D), BackendKind.ONNX, Device.CPU, 1, 1)) {
      int[][] texts = texts(10, 20_000, 1);

      float[][] actual = longest.probabilities(texts);

      assertThat(actual[1])
          .containsExactly(longest.probabilities(new int[][] {texts[1]})[0], within(1e-5f));
    }
  }

  @Test
  void probabilities_textThatEndsInPadding_isRefused() {
    try (InferenceBackend backend =
        Backends.open(bundle(TestBundles.BILSTM), kind(), Device.CPU, 1)) {
      assertThatThrownBy(() -> backend.probabilities(new int[][] {{3}, {0, 2, 0}}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("text 1 ends in the token id 0, which is padding");
    }
  }

  @Test
  void memoryBytes_twoAtATime_areThoseOfOne() {
    ModelBundle bundle = bundle(TestBundles.BILSTM);
    try (InferenceBackend one = Backends.open(bundle, kind(), Device.CPU, 1);
        InferenceBackend two = Backends.open(bundle, kind(), Device.CPU, 2)) {
      assertThat(one.memoryBytes()).isEqualTo(4 * bundle.weights().parameters());
      assertThat(two.memoryBytes()).isEqualTo(one.memoryBytes());
    }
  }

  @Test
  void open_onTheCpu_isNoGpu() {
    try (InferenceBackend backend =
        Backends.open(bundle(TestBundles.BILSTM), kind(), Device.CPU, 1)) {
      assertThat(backend.device()).isEqualTo("cpu");
      assertThat(backend.onGpu()).isFalse();
    }
  }

  @ParameterizedTest
  @DisabledIf("hasGpuPart")
  @ValueSource(strings = {"cuda", "cuda:1"})
  void open_gpuInABuildWithoutIt_saysHowToBuildIt(String device) {
    ModelBundle bundle = bundle(TestBundles.BILSTM);

    assertThatThrownBy(() -> Backends.open(bundle, kind(), Device.parse(device), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "device %s: this build's ONNX Runtime has no part for GPUs;"
                + " build with -Ponnx-gpu or use device cpu",
            device);
  }

  @Test
  void open_noThreads_isRefused() {
    ModelBundle bundle = bundle(TestBundles.BILSTM);

    assertThatThrownBy(() -> Backends.openPlain(bundle, BackendKind.ONNX, Device.CPU, 1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("threads is 0");
  }

  @Test
  void reason_ofNestedFailures_isTheRootsFirstLine() {
    Throwable failure =
        new IllegalStateException("outer", new IllegalStateException("inner: file\nmore"));

    assertThat(OnnxRuntime.reason(failure)).isEqualTo("inner: file");
    assertThat(OnnxRuntime.reason(new UnsatisfiedLinkError())).isEqualTo("UnsatisfiedLinkError");
  }

  /** Messages as release 1.26 words them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /src/bridge.cc:1962 Provider& Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load library /tmp/onnxruntime-java1/libcuda.so with error: libcublasLt.so.12: cannot open shared object file | libcublasLt.so.12: cannot open shared object file
          /src/info.cc:60 static Info Of(const Options&) [ONNXRuntimeError] : 1 : FAIL : utils.h:187 Parse Failed to parse provider option "device_id": CUDA failure 100: no CUDA-capable device is detected ; GPU=-1 ; hostname=vm ; line=67 ; expr=cudaGetDeviceCount(&num_devices); | CUDA failure 100: no CUDA-capable device is detected
          /src/info.cc:60 static Info Of(const Options&) [ONNXRuntimeError] : 1 : FAIL : utils.h:187 Parse Failed to parse provider option "device_id": info.cc:68 operator() Invalid device ID: 1, must be between 0 (inclusive) and 1 (exclusive). | Invalid device ID: 1, must be between 0 (inclusive) and 1 (exclusive).
          Load model failed: Protobuf parsing failed. | Load model failed: Protobuf parsing failed.
          """)
  void reason_ofTheLibrary_isWhatTells(String message, String expected) {
    OrtException failure = new OrtException(OrtException.OrtErrorCode.ORT_FAIL, message);

    assertThat(OnnxRuntime.reason(failure)).isEqualTo(expected);
  }
}
