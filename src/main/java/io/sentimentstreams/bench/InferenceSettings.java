package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import java.time.Duration;
import java.util.List;

/**
 * What is measured of inference, and for how long.
 *
 * @param backends by name, none of them {@link BackendKind#AUTO}
 * @param device where they compute; those that cannot are skipped
 * @param batches rows of a call
 * @param threads callers at the same time
 * @param rounds that each measurement is repeated in, the backends taking turns
 * @param roundTime of each backend in each round
 * @param warmUp of each backend before the first round
 */
public record InferenceSettings(
    List<BackendKind> backends,
    Device device,
    List<Integer> batches,
    List<Integer> threads,
    int rounds,
    Duration roundTime,
    Duration warmUp) {
  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_THREADS = 1 << 10;
  private static final int MOST_ROUNDS = 1 << 10;

  public InferenceSettings {
    backends = distinct("--backend", backends);
    batches = distinct("--batch", batches);
    threads = distinct("--threads", threads);
    if (backends.contains(BackendKind.AUTO)) {
      throw new InvalidInputException(
          "--backend: auto, but each must be named: compiled, dl4j or onnx");
    }
    batches.forEach(rows -> requireWithin("--batch", rows, MOST_ROWS));
    threads.forEach(count -> requireWithin("--threads", count, MOST_THREADS));
    requireWithin("--rounds", rounds, MOST_ROUNDS);
    requireNotNegative("--seconds", roundTime);
    requireNotNegative("--warm-up", warmUp);
  }

  private static <T> List<T> distinct(String option, List<T> values) {
    if (values.isEmpty()) {
      throw new InvalidInputException("%s: none, but at least one is needed".formatted(option));
    }
    return values.stream().distinct().toList();
  }

  static void requireWithin(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new InvalidInputException(
          "%s is %d, but must be from 1 to %d".formatted(option, value, most));
    }
  }

  static void requireNotNegative(String option, Duration time) {
    if (time.isNegative()) {
      throw new InvalidInputException(
          "%s is %s, but must be 0 or more".formatted(option, time.toNanos() / 1e9));
    }
  }

  /** Callers at the same time, at most. */
  int mostThreads() {
    return threads.stream().mapToInt(Integer::intValue).max().orElseThrow();
  }
}
