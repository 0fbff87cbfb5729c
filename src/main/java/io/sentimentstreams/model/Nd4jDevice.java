package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.environment.Nd4jEnvironment;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.factory.Nd4jBackend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which device ND4J computes on: decided by the backend that the build put on the class path.
 *
 * @param name the device in words, {@code cpu} or {@code cuda:0 (NVIDIA A100)}
 * @param gpu whether it is a GPU
 * @param index the GPU's, 0 for the CPU
 */
record Nd4jDevice(String name, boolean gpu, int index) {
  private static final Logger LOG = LoggerFactory.getLogger(Nd4jDevice.class);

  private static final String CUDA_BACKEND = "org.nd4j.linalg.jcublas.JCublasBackend";
  private static final String CUDA_RUNTIME = "org.bytedeco.cuda.global.cudart";

  /** Of JavaCPP, which unpacks ND4J's and OpenBLAS' libraries. */
  private static final String CACHE_FOLDER = "org.bytedeco.javacpp.cachedir";

  private static final String CPU_BACKEND = "org.nd4j.linalg.cpu.nativecpu.CpuBackend";

  /**
   * Starts ND4J. Threads that compute call {@link #attach} first.
   *
   * @throws InvalidInputException where the build or the machine lacks the device
   */
  static Nd4jDevice start(Device device) {
    boolean cuda = isPresent(CUDA_BACKEND);
    requireBuiltFor(device, cuda, isPresent(CPU_BACKEND));
    if (cuda) {
      requireGpu(device);
    }
    try {
      Nd4jBackend backend = Nd4jBackend.load();
      Properties environment = Nd4j.getExecutioner().getEnvironmentInformation();
      return backend.getClass().getName().equals(CUDA_BACKEND)
          ? new Nd4jDevice(
              "cuda:%d (%s)".formatted(device.index(), gpuName(environment, device.index())),
              true,
              device.index())
          : new Nd4jDevice("cpu", false, 0);
    } catch (Nd4jBackend.NoAvailableBackendException | LinkageError | RuntimeException e) {
      throw new InvalidInputException(
          "%s: ND4J's native library does not load here (%s); it is unpacked into %s, or where -D%s=FOLDER says"
              .formatted(inWords(device), root(e), cacheFolder(), CACHE_FOLDER),
          e);
    }
  }

  private static String cacheFolder() {
    String standard = Path.of(System.getProperty("user.home"), ".javacpp", "cache").toString();
    return System.getProperty(CACHE_FOLDER, standard);
  }

  /**
   * Makes the calling thread compute on this device. ND4J would spread threads over all GPUs, and a
   * graph's weights are on one.
   */
  void attach() {
    if (gpu && Nd4j.getAffinityManager().getDeviceForCurrentThread() != index) {
      Nd4j.getAffinityManager().unsafeSetDevice(index);
    }
  }

  /** Whether ND4J can compute on a GPU, found out without starting it. */
  static GpuSupport gpuSupport() {
    if (!isPresent(CUDA_BACKEND)) {
      return GpuSupport.NOT_BUILT;
    }
    try {
      return gpus().count() > 0 ? GpuSupport.READY : GpuSupport.NO_GPU;
    } catch (ReflectiveOperationException | LinkageError e) {
      LOG.debug("CUDA does not load", e);
      return GpuSupport.NO_GPU;
    }
  }

  private static void requireGpu(Device device) {
    Gpus gpus;
    try {
      gpus = gpus();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw noGpu(device, root(e), e);
    }
    if (gpus.count() < 1) {
      throw noGpu(device, "CUDA error " + gpus.error(), null);
    }
    requireIndex(device, gpus.count());
  }

  /** Checks that a machine with this many GPUs has the device. */
  static void requireIndex(Device device, int gpus) {
    if (device.index() >= gpus) {
      throw new InvalidInputException(
          "%s: CUDA shows %d GPU(s) to this process, numbered from 0; give a lower number, or see CUDA_VISIBLE_DEVICES"
              .formatted(inWords(device), gpus));
    }
  }

  /** What the CUDA runtime says: the number of GPUs, and the error where there is none. */
  private record Gpus(int count, Object error) {}

  /**
   * Asks the CUDA runtime for GPUs before ND4J does, which would print a stack trace if there is
   * none. By reflection, since the CPU build has no CUDA classes.
   */
  private static Gpus gpus() throws ReflectiveOperationException {
    int[] count = new int[1];
    Object error =
        Class.forName(CUDA_RUNTIME)
            .getMethod("cudaGetDeviceCount", int[].class)
            .invoke(null, (Object) count);
    return new Gpus(count[0], error);
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
    if (device.kind() == Device.Kind.CUDA && !cuda) {
      throw new InvalidInputException(
          "%s: this build has no CUDA backend; build with -Pcuda or use device cpu"
              .formatted(inWords(device)));
    }
    if (device.kind() == Device.Kind.CPU && !cpu) {
      throw new InvalidInputException(
          "device cpu: this build has only the CUDA backend; build without -Pcuda");
    }
    if (!cuda && !cpu) {
      throw new InvalidInputException(
          "device auto: the class path has no ND4J backend for any device");
    }
  }

  private static String inWords(Device device) {
    return "device " + device;
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

  private static String gpuName(Properties environment, int index) {
    return environment.get(Nd4jEnvironment.CUDA_DEVICE_INFORMATION_KEY) instanceof List<?> gpus
            && index < gpus.size()
            && gpus.get(index) instanceof Map<?, ?> facts
            && facts.get(Nd4jEnvironment.CUDA_DEVICE_NAME_KEY) instanceof String name
        ? name
        : "unnamed GPU";
  }
}
