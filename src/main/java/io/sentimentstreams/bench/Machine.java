package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a benchmark ran on.
 *
 * @param processor its model, or its architecture where the system does not tell
 * @param cores that the JVM may use
 * @param os operating system and version
 * @param java the JVM
 * @param loadAverage processes that ran or waited to, the mean of the minute before the benchmark;
 *     null where the system does not tell
 * @param mathThreads threads of a native call, as {@code OMP_NUM_THREADS} says; null where it is
 *     not set
 * @param matrixProductGflops billions of floating-point operations a second, see {@link
 *     MatrixProductPeak}; null where they could not be measured
 */
record Machine(
    String processor,
    int cores,
    String os,
    String java,
    @Nullable Double loadAverage,
    @Nullable String mathThreads,
    @Nullable Double matrixProductGflops) {
  private static final Logger LOG = LoggerFactory.getLogger(Machine.class);
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

  /** A core's load that does no harm yet. */
  private static final double MOST_LOAD = 0.25;

  private static final Duration PEAK_TIME = Duration.ofSeconds(1);

  /** This one, without its peak. */
  static Machine here() {
    return new Machine(
        processorHere(),
        Runtime.getRuntime().availableProcessors(),
        "%s %s".formatted(System.getProperty("os.name"), System.getProperty("os.version")),
        "%s %s".formatted(System.getProperty("java.vm.name"), Runtime.version()),
        loadAverageHere(),
        System.getenv("OMP_NUM_THREADS"),
        null);
  }

  /** The same with its peak; the measuring takes about a second. */
  Machine measured() {
    try {
      double peak = MatrixProductPeak.measure(PEAK_TIME, System::nanoTime);
      return with(Spread.rounded(peak / 1e9, 1));
    } catch (LinkageError e) {
      LOG.warn("No share of the matrix-product peak, since OpenBLAS does not load here: {}", e);
      return this;
    }
  }

  /** What to tell of a machine that did other work when the benchmark began; null for nothing. */
  @Nullable String warning() {
    return loadAverage == null || loadAverage <= MOST_LOAD * cores
        ? null
        : "Warning: the machine is busy (load %.1f on %d cores); such figures tell little"
            .formatted(loadAverage, cores);
  }

  private Machine with(double gflops) {
    return new Machine(processor, cores, os, java, loadAverage, mathThreads, gflops);
  }

  /**
   * What share of the peak some work is.
   *
   * @param multiplyAdds a second; each is two operations
   * @param threads whose peaks together are the whole
   * @return 1 for the peak, more where the work is done with fewer operations; null without a peak
   */
  @Nullable Double peakShare(double multiplyAdds, int threads) {
    return matrixProductGflops == null
        ? null
        : 2 * multiplyAdds / (matrixProductGflops * 1e9 * threads);
  }

  private static @Nullable Double loadAverageHere() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return load < 0 ? null : Spread.rounded(load, 2);
  }

  private static String processorHere() {
    if (!Files.isReadable(PROCESSORS)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.replaceFirst("[^:]*:", "").strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read: %s".formatted(PROCESSORS, e), e);
    }
  }

  /** A line for people. */
  @Override
  public String toString() {
    String peak =
        matrixProductGflops == null
            ? "matrix products not measured"
            : "matrix products at %.0f GFLOP/s a thread".formatted(matrixProductGflops);
    return "%s, %d cores, %s, %s; %s".formatted(processor, cores, os, java, peak);
  }
}
