package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Which device ND4J computes on: decided by the backend that the build put on the class path. */
final class Nd4jDevice {
  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String CUDA_RUNTIME = "org.bytedeco.cuda.global.cudart";
  private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  private Nd4jDevice() {}

  /**
   * Starts ND4J.
   *
   * @return the device in words, {@code cpu} or {@code cuda: } and the GPUs' names
   * @throws InvalidInputException where the build or the machine lacks the device
   */
  static String start(Device device) {
    boolean cuda = isPresent(CUDA_BACKEND);
    requireBuiltFor(device, cuda, isPresent(CPU_BACKEND));
    if (cuda) {
      requireGpu(device);
    }
    try {
      Nd4jBackend backend = Nd4jBackend.load();
      Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
      return backend.getClass().getName().equals(CUDA_BACKEND)
          ? "cuda: " + gpuNames(environment)
          : "cpu";
    } catch (Nd4jBackend.NoAvailableBackendException | LinkageError | RuntimeException e) {
      throw new InvalidInputException(
          "%s: ND4J's native library does not load here (%s)".formatted(inWords(device), root(e)),
          e);
    }
  }

  /**
   * Asks the CUDA runtime for GPUs before ND4J does, which would print a stack trace if there is
   * none. By reflection, since the CPU build has no CUDA classes.
   */
  private static void requireGpu(Device device) {
    try {
      int[] count = new int[1];
      Object error =
          Class.forName(CUDA_RUNTIME)
              .getMethod("cudaGetDeviceCount", int[].class)
              .invoke(null, (Object) count);
      if (count[0] < 1) {
        throw noGpu(device, "CUDA error " + error, null);
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      throw noGpu(device, root(e), e);
    }
  }

  private static InvalidInputException noGpu(
      Device device, String reason, @Nullable Throwable cause) {
    String message =
        ("%s: this CUDA build finds no GPU (%s); install the NVIDIA driver and CUDA 11.6,"
                + " or build without -Pcuda to use the CPU")
            .formatted(inWords(device), reason);
    return cause == null
        ? new InvalidInputException(message)
        : new InvalidInputException(message, cause);
  }

  /** Checks what can be without loading anything native. */
  static void requireBuiltFor(Device device, boolean cuda, boolean cpu) {
    if (device == Device.CUDA && !cuda) {
      throw new InvalidInputException(
          "device cuda: this build has no CUDA backend; build with -Pcuda or use device cpu");
    }
    if (device == Device.CPU && !cpu) {
      throw new InvalidInputException(
          "device cpu: this build has only the CUDA backend; build without -Pcuda");
    }
    if (!cuda && !cpu) {
      throw new InvalidInputException(
          "device auto: the class path has no ND4J backend for any device");
    }
  }

  private static String inWords(Device device) {
    return "device " + device.name().toLowerCase(Locale.ROOT);
  }

  /** The first cause's first line, without the folder that it may start with. */
  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return first.isEmpty() ? root.getClass().getSimpleName() : first.replaceFirst("^/\\S*/", "");
  }

  private static boolean isPresent(String type) {
    return Nd4jDevice.class.getClassLoader().getResource(type.replace('.', '/') + ".class") != null;
  }

  private static String gpuNames(Properties environment) {
    if (!(environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> gpus)) {
      return "unnamed GPU";
    }
    return gpus.stream()
        .map(
            gpu ->
                gpu instanceof Map<?, ?> facts
                    ? facts.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY)
                    : null)
        .filter(Objects::nonNull)
        .map(Object::toString)
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
