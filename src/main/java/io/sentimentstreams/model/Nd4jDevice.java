package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;

/** Which device ND4J computes on: decided by the backend that the build put on the class path. */
final class Nd4jDevice {
  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";
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
    try {
      Nd4jBackend backend = Nd4jBackend.load();
      if (backend.getClass().getName().equals(CUDA_BACKEND)) {
        return "cuda: " + gpuNames(Nd4j.getExecutioner().getEnvironmentInformation());
      }
      Nd4j.getExecutioner();
    } catch (Nd4jBackend.NoAvailableBackendException | LinkageError | RuntimeException e) {
      throw unavailable(device, cuda, e);
    }
    if (device == Device.CUDA) {
      throw new InvalidInputException(
          "device cuda: no GPU answers; is the NVIDIA driver installed? or use device cpu");
    }
    return "cpu";
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

  private static InvalidInputException unavailable(Device device, boolean cuda, Throwable cause) {
    String wanted = "device " + device.name().toLowerCase(Locale.ROOT);
    if (cuda) {
      return new InvalidInputException(
          wanted
              + ": the CUDA backend of this build finds no usable GPU (%s); ".formatted(root(cause))
              + "install the NVIDIA driver, or build without -Pcuda to use the CPU",
          cause);
    }
    return new InvalidInputException(
        wanted + ": ND4J's native library does not load here (%s)".formatted(root(cause)), cause);
  }

  private static String root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return first.isEmpty() ? root.getClass().getSimpleName() : first;
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
