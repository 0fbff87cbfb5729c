package io.sentimentstreams.model;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.sentimentstreams.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ONNX Runtime's native library: whether it loads, and sessions on a device. The build's artifact
 * decides whether it has a part for GPUs (the profile {@code onnx-gpu}).
 */
final class OnnxRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  /** Where the artifact for GPUs has their part, on the platforms that it is made for. */
  private static final String[] GPU_LIBRARIES = {
    "ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so",
    "ai/onnxruntime/native/win-x64/onnxruntime_providers_cuda.dll"
  };

  /**
   * What tells in a message on a GPU, which begins with places in the library's source: the file
   * that is missing, CUDA's, cuDNN's or cuBLAS' error, the number of a GPU that is not there.
   */
  private static final Pattern TELLING =
      Pattern.compile(
          "(?:with error: |(?=(?:CUDA|CUDNN|CUBLAS) failure )|(?=Invalid device ID))(.+?)(?: ; GPU=.*)?$");

  private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");

  private OnnxRuntime() {}

  /**
   * Why the library does not serve here, in words that follow "backend onnx:"; null where it does.
   */
  static @Nullable String obstacle() {
    try {
      environment();
      return null;
    } catch (OrtException | LinkageError | RuntimeException e) {
      LOG.debug("ONNX Runtime does not load", e);
      return "ONNX Runtime's native library does not load here (%s)".formatted(reason(e));
    }
  }

  /**
   * Whether GPUs can be computed on. Without their part of the library this costs nothing; with it,
   * it is unpacked and loaded.
   */
  static GpuSupport gpuSupport() {
    if (!hasGpuPart()) {
      return GpuSupport.NOT_BUILT;
    }
    try (OrtSession.SessionOptions options = options(1)) {
      addGpu(options, 0);
      return GpuSupport.READY;
    } catch (OrtException | LinkageError | RuntimeException e) {
      LOG.debug("ONNX Runtime's part for GPUs does not load", e);
      return GpuSupport.NO_GPU;
    }
  }

  private static boolean hasGpuPart() {
    for (String library : GPU_LIBRARIES) {
      if (OnnxRuntime.class.getClassLoader().getResource(library) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * The device that is meant: a GPU or the CPU, {@link Device#AUTO} being the first GPU where there
   * is one.
   *
   * @throws InvalidInputException where a GPU is asked for that the build or the machine lacks
   */
  static Device resolve(Device device) {
    return switch (device.kind()) {
      case CPU -> device;
      case CUDA -> requireGpu(device);
      case AUTO -> gpuSupport() == GpuSupport.READY ? Device.cuda(0) : Device.CPU;
    };
  }

  private static Device requireGpu(Device device) {
    if (!hasGpuPart()) {
      throw new InvalidInputException(
          "device %s: this build's ONNX Runtime has no part for GPUs; build with -Ponnx-gpu or use device cpu"
              .formatted(device));
    }
    try (OrtSession.SessionOptions options = options(1)) {
      addGpu(options, device.index());
      return device;
    } catch (OrtException | LinkageError | RuntimeException e) {
      throw noGpu(device, e);
    }
  }

  static InvalidInputException noGpu(Device device, Throwable cause) {
    return new InvalidInputException(
        ("device %s: ONNX Runtime cannot use this GPU (%s); it needs NVIDIA's driver, CUDA 12 and"
                + " cuDNN 9, or use device cpu")
            .formatted(device, reason(cause)),
        cause);
  }

  /**
   * A session that has a model.
   *
   * @param model an ONNX file's bytes
   * @param device a GPU or the CPU, as {@link #resolve} gives it
   * @param threads that one call may compute with on the CPU, at least 1
   * @throws InvalidInputException where the GPU fails
   */
  static OrtSession open(byte[] model, Device device, int threads) {
    try (OrtSession.SessionOptions options = options(threads)) {
      if (device.kind() == Device.Kind.CUDA) {
        addGpu(options, device.index());
      }
      return environment().createSession(model, options);
    } catch (OrtException e) {
      if (device.kind() == Device.Kind.CUDA) {
        throw noGpu(device, e);
      }
      throw new IllegalStateException("ONNX Runtime refuses the model: " + reason(e), e);
    }
  }

  private static OrtSession.SessionOptions options(int threads) throws OrtException {
    environment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // A pattern would be kept for every shape of a batch that ever came.
    options.setMemoryPatternOptimization(false);
    return options;
  }

  /**
   * Adds CUDA. The convolution's algorithm is looked up, not tried out, since the trial is repeated
   * for every new shape of a batch; and products have all 23 bits of a float, so that a GPU gives
   * the CPU's results.
   */
  private static void addGpu(OrtSession.SessionOptions options, int index) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      cuda.add("use_tf32", "0");
      options.addCUDA(cuda);
    }
  }

  /** The process's one environment, which says nothing: what fails is thrown. */
  static OrtEnvironment environment() throws OrtException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(
            OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnvironment.DEFAULT_NAME);
    // On Windows it would give events to the system's telemetry.
    environment.setTelemetry(false);
    return environment;
  }

  /** The first cause's first line, or what tells in it. */
  static String reason(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String line = message == null ? "" : message.lines().findFirst().orElse("").strip();
    if (line.isEmpty()) {
      return root.getClass().getSimpleName();
    }
    Matcher telling = TELLING.matcher(line);
    return telling.find() ? telling.group(1) : CODE.matcher(line).replaceFirst("");
  }
}
