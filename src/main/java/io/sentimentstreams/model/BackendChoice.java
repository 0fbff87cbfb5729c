package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Which backend computes a model.
 *
 * @param kind any but {@link BackendKind#AUTO}
 * @param device that the backend is to use; {@link Device#AUTO} leaves it to the backend's build
 * @param reason in words, for the log
 */
record BackendChoice(BackendKind kind, Device device, String reason) {
  private static final String ASKED_FOR = "as asked for";

  /**
   * Chooses: what is asked for by name, or nothing. {@link BackendKind#AUTO} takes the GPU where
   * one is asked for or found, ONNX Runtime before ND4J since it drives newer ones; on the CPU
   * {@code compiled}, and {@code dl4j} where that cannot serve.
   *
   * @throws InvalidInputException where the kind asked for cannot serve, and says why
   */
  static BackendChoice of(BackendKind kind, Device device, BackendFacts facts) {
    return switch (kind) {
      case COMPILED -> compiled(device, facts);
      case DL4J -> new BackendChoice(BackendKind.DL4J, device, ASKED_FOR);
      case ONNX -> onnx(device, facts);
      case AUTO -> automatic(device, facts);
    };
  }

  private static BackendChoice compiled(Device device, BackendFacts facts) {
    if (device.kind() == Device.Kind.CUDA) {
      throw new InvalidInputException(
          "backend compiled: computes on the CPU, but device %s is asked for; use backend dl4j or onnx, or device cpu"
              .formatted(device));
    }
    requireServing(BackendKind.COMPILED, facts.compiledObstacle());
    return new BackendChoice(BackendKind.COMPILED, Device.CPU, ASKED_FOR);
  }

  private static BackendChoice onnx(Device device, BackendFacts facts) {
    requireServing(BackendKind.ONNX, facts.onnxObstacle());
    return new BackendChoice(BackendKind.ONNX, device, ASKED_FOR);
  }

  private static void requireServing(BackendKind kind, @Nullable String obstacle) {
    if (obstacle != null) {
      throw new InvalidInputException(
          "backend %s: %s; use backend auto or dl4j".formatted(kind, obstacle));
    }
  }

  private static BackendChoice automatic(Device device, BackendFacts facts) {
    return switch (device.kind()) {
      case CUDA -> onGpu(device, facts);
      case CPU -> onCpu(device, "", facts);
      case AUTO ->
          facts.onnxGpu() == GpuSupport.READY || facts.dl4jGpu() == GpuSupport.READY
              ? onGpu(Device.cuda(0), facts)
              : onCpu(device, "no GPU that this build can use; ", facts);
    };
  }

  private static BackendChoice onGpu(Device device, BackendFacts facts) {
    if (facts.onnxGpu() == GpuSupport.READY) {
      return new BackendChoice(BackendKind.ONNX, device, "ONNX Runtime's GPU build is here");
    }
    if (facts.dl4jGpu() == GpuSupport.READY) {
      return new BackendChoice(BackendKind.DL4J, device, "ND4J's CUDA build is here");
    }
    // Neither finds a GPU: the one that is built for it says best what it misses.
    if (facts.onnxGpu() == GpuSupport.NO_GPU) {
      return new BackendChoice(BackendKind.ONNX, device, "ONNX Runtime's GPU build is here");
    }
    if (facts.dl4jGpu() == GpuSupport.NO_GPU) {
      return new BackendChoice(BackendKind.DL4J, device, "ND4J's CUDA build is here");
    }
    throw new InvalidInputException(
        "device %s: this build computes on the CPU only; build with -Ponnx-gpu for ONNX Runtime on a GPU or -Pcuda for ND4J's, or use device cpu"
            .formatted(device));
  }

  private static BackendChoice onCpu(Device device, String why, BackendFacts facts) {
    String obstacle = facts.compiledObstacle();
    return obstacle == null
        ? new BackendChoice(
            BackendKind.COMPILED, Device.CPU, why + "compiled is the fastest on a CPU")
        : new BackendChoice(BackendKind.DL4J, device, why + "not compiled, which " + obstacle);
  }
}
