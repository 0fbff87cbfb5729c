package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.kernel.OpenBlas;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses what computes a model. */
public final class Backends {
  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);

  private Backends() {}

  /**
   * A backend that has the bundle's network and weights. The log says which, and why.
   *
   * @param kind what is to compute
   * @param device where
   * @param parallelism calls that may compute at the same time, at least 1; memory grows with it
   * @throws io.sentimentstreams.InvalidInputException where the device is missing, or the kind
   *     asked for cannot serve the network
   */
  public static InferenceBackend open(
      ModelBundle bundle, BackendKind kind, Device device, int parallelism) {
    BackendChoice choice = BackendChoice.of(kind, device, facts(bundle, kind, device));
    InferenceBackend backend = CalibratedBackend.of(open(bundle, choice, parallelism), bundle);
    LOG.info(
        "model {}: {} on {}, {} at a time, {} MiB of weights and tables (backend {}, device {}: {})",
        bundle.name(),
        backend.name(),
        backend.device(),
        parallelism,
        backend.memoryBytes() >> 20,
        kind,
        device,
        choice.reason());
    return backend;
  }

  /**
   * A backend to compare with: its library as programs use it that hand it their texts as they
   * come. Each call is one batch, padded to its longest text; Deeplearning4j's layers are its own.
   * {@code compiled} has only one way.
   *
   * @param kind any but {@link BackendKind#AUTO}
   * @param device where
   * @param parallelism calls that may compute at the same time, at least 1
   * @param threads that one call of ONNX Runtime computes with on the CPU, at least 1
   * @throws io.sentimentstreams.InvalidInputException where the library or the device is missing,
   *     or has no such network
   */
  public static InferenceBackend openPlain(
      ModelBundle bundle, BackendKind kind, Device device, int parallelism, int threads) {
    BackendChoice choice = BackendChoice.of(kind, device, facts(bundle, kind, device));
    BatchPadding padding = BatchPadding.LONGEST;
    InferenceBackend network =
        switch (choice.kind()) {
          case ONNX -> new OnnxBackend(bundle, choice.device(), parallelism, threads, padding);
          case DL4J ->
              new Dl4jBackend(
                  bundle, Nd4jDevice.start(choice.device()), parallelism, false, padding);
          case COMPILED, AUTO -> open(bundle, choice, parallelism);
        };
    return CalibratedBackend.of(network, bundle);
  }

  /** What each library of this build can do here; loads them all. */
  public static List<BackendState> here() {
    return List.of(compiled(), dl4j(), onnx());
  }

  private static BackendState compiled() {
    String obstacle = OpenBlas.obstacle();
    String core = OpenBlas.core().map(name -> ", kernels for " + name).orElse("");
    return obstacle == null
        ? new BackendState(BackendKind.COMPILED, true, false, "OpenBLAS on the CPU" + core)
        : new BackendState(BackendKind.COMPILED, false, false, obstacle);
  }

  private static BackendState dl4j() {
    try {
      Nd4jDevice device = Nd4jDevice.start(Device.AUTO);
      return new BackendState(BackendKind.DL4J, true, device.gpu(), "ND4J on " + device.name());
    } catch (InvalidInputException missing) {
      return new BackendState(BackendKind.DL4J, false, false, String.valueOf(missing.getMessage()));
    }
  }

  private static BackendState onnx() {
    String obstacle = OnnxRuntime.obstacle();
    if (obstacle != null) {
      return new BackendState(BackendKind.ONNX, false, false, obstacle);
    }
    return switch (OnnxRuntime.gpuSupport()) {
      case READY -> new BackendState(BackendKind.ONNX, true, true, "ONNX Runtime on cpu and cuda");
      case NO_GPU ->
          new BackendState(
              BackendKind.ONNX,
              true,
              false,
              "ONNX Runtime on cpu; its part for GPUs is built in, but finds no GPU, driver, CUDA 12 or cuDNN 9");
      case NOT_BUILT -> new BackendState(BackendKind.ONNX, true, false, "ONNX Runtime on cpu");
    };
  }

  private static InferenceBackend open(ModelBundle bundle, BackendChoice choice, int parallelism) {
    return switch (choice.kind()) {
      case DL4J -> new Dl4jBackend(bundle, Nd4jDevice.start(choice.device()), parallelism);
      case ONNX -> new OnnxBackend(bundle, choice.device(), parallelism);
      case COMPILED -> new CompiledBackend(bundle, parallelism);
      case AUTO -> throw new IllegalStateException("a choice of " + choice.kind());
    };
  }

  /** ONNX Runtime is asked only where the answer counts: loading it takes time. */
  private static BackendFacts facts(ModelBundle bundle, BackendKind kind, Device device) {
    String uncovered = NetworkForm.obstacle(bundle.manifest().model().network());
    boolean gpuCounts =
        kind == BackendKind.AUTO && device.kind() != Device.Kind.CPU && uncovered == null;
    return new BackendFacts(
        kind == BackendKind.AUTO || kind == BackendKind.COMPILED
            ? CompiledBackend.obstacle(bundle)
            : null,
        Nd4jDevice.gpuSupport(),
        kind == BackendKind.ONNX ? uncovered == null ? OnnxRuntime.obstacle() : uncovered : null,
        gpuCounts ? OnnxRuntime.gpuSupport() : GpuSupport.NOT_BUILT);
  }
}
