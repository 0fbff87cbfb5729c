package io.sentimentstreams.doctor;

import io.sentimentstreams.kernel.OpenBlas;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.BackendState;
import io.sentimentstreams.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** JDK, CPU, the libraries that compute, and the GPU. */
public final class MachineChecks {
  /** Heap that the stream's shipped models and frames need with room to spare. */
  private static final long ENOUGH_HEAP_BYTES = 512L << 20;

  /** What OpenBLAS calls kernels without AVX2, and those for every CPU of the architecture. */
  private static final Set<String> SLOW_CORES =
      Set.of("Prescott", "Core2", "Nehalem", "Sandybridge", "Generic", "ARMV8");

  private final Path proc;
  private final List<BackendState> backends;

  /**
   * Checks of this process's machine.
   *
   * @param proc the folder {@code /proc}, where the system has one
   * @param backends what the libraries say, {@link io.sentimentstreams.model.Backends#here()}
   */
  public MachineChecks(Path proc, List<BackendState> backends) {
    this.proc = proc;
    this.backends = List.copyOf(backends);
  }

  /**
   * All of them.
   *
   * @param kind what the settings want to compute with
   * @param device where they want it
   */
  public List<Finding> check(BackendKind kind, Device device) {
    List<Finding> findings = new ArrayList<>();
    findings.add(jdk(Runtime.getRuntime().maxMemory()));
    findings.add(cpu());
    findings.add(openBlas(OpenBlas.core()));
    backends.forEach(backend -> findings.add(backend(backend, kind)));
    findings.add(gpu(device));
    return findings;
  }

  static Finding jdk(long heapBytes) {
    String detail =
        "Java %s (%s), %d processors, heap of at most %,d MiB"
            .formatted(
                Runtime.version(),
                System.getProperty("java.vendor"),
                Runtime.getRuntime().availableProcessors(),
                heapBytes >> 20);
    return heapBytes < ENOUGH_HEAP_BYTES
        ? Finding.warn("jdk", detail, "give it more: SENTIMENT_JAVA_OPTS=-Xmx1g")
        : Finding.ok("jdk", detail);
  }

  Finding cpu() {
    Optional<Set<String>> known = flags();
    if (known.isEmpty()) {
      return Finding.ok(
          "cpu", "%s; its features are not told here".formatted(System.getProperty("os.arch")));
    }
    Set<String> flags = known.get();
    String detail =
        "AVX2 %s, FMA %s, AVX-512 %s"
            .formatted(has(flags, "avx2"), has(flags, "fma"), has(flags, "avx512f"));
    return flags.contains("avx2") && flags.contains("fma")
        ? Finding.ok("cpu", detail)
        : Finding.warn(
            "cpu",
            detail,
            "networks compute several times as slow; on a virtual machine, let it have its host's CPU");
  }

  private static String has(Set<String> flags, String flag) {
    return flags.contains(flag) ? "yes" : "no";
  }

  /** The features of an x86 CPU by Linux' names; empty where the system does not tell. */
  private Optional<Set<String>> flags() {
    Path file = proc.resolve("cpuinfo");
    if (!Files.isReadable(file)) {
      return Optional.empty();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith("flags"))
          .findFirst()
          .map(line -> Set.copyOf(List.of(line.replaceFirst(".*?:\\s*", "").split("\\s+"))));
    } catch (IOException untold) {
      return Optional.empty();
    }
  }

  private Finding openBlas(Optional<String> core) {
    return core.map(this::core)
        .orElseGet(
            () ->
                Finding.warn(
                    "openblas",
                    "does not tell which kernels it chose",
                    "no matter, where backend compiled is ok"));
  }

  /** Slow kernels are a mistake only where the CPU could do better. */
  Finding core(String core) {
    String detail = "kernels for " + core;
    boolean better = flags().map(flags -> flags.contains("avx2")).orElse(false);
    return better && SLOW_CORES.contains(core)
        ? Finding.warn(
            "openblas",
            detail + ", though the CPU has AVX2",
            "unset OPENBLAS_CORETYPE, or set it to Haswell")
        : Finding.ok("openblas", detail);
  }

  /** A library that is missing matters where the settings name it. */
  private static Finding backend(BackendState backend, BackendKind wanted) {
    String what = "backend " + backend.kind();
    if (backend.usable()) {
      return Finding.ok(what, backend.detail());
    }
    return backend.kind() == wanted
        ? Finding.fail(what, backend.detail(), "name another one in the setting backend, or auto")
        : Finding.warn(what, backend.detail(), "no matter, where another backend is ok");
  }

  private Finding gpu(Device device) {
    List<String> computing =
        backends.stream().filter(BackendState::gpu).map(state -> state.kind().code()).toList();
    boolean driver = Files.exists(proc.resolve("driver").resolve("nvidia").resolve("version"));
    if (!computing.isEmpty()) {
      return Finding.ok("gpu", "found, for " + String.join(", ", computing));
    }
    if (device.kind() == Device.Kind.CUDA) {
      return Finding.fail(
          "gpu",
          "device %s is wanted, but no backend can use a GPU (%s)"
              .formatted(device, driver(driver)),
          driver
              ? "build with -Ponnx-gpu and install CUDA 12 and cuDNN 9, or set device to cpu"
              : "install NVIDIA's driver, or set device to cpu");
    }
    return driver
        ? Finding.warn(
            "gpu",
            "NVIDIA's driver is there, but no backend uses it",
            "build with -Ponnx-gpu and install CUDA 12 and cuDNN 9, or leave it: the CPU computes")
        : Finding.ok("gpu", "none (%s); the CPU computes".formatted(driver(false)));
  }

  private static String driver(boolean found) {
    return found ? "NVIDIA's driver is there" : "no NVIDIA driver";
  }
}
