package io.sentimentstreams.bench;

import java.time.Duration;

/**
 * How training is measured.
 *
 * @param batch rows of a step
 * @param threads of native operations
 * @param rounds that each measurement is repeated in
 * @param roundTime of each round
 * @param warmUp before the first round
 */
public record TrainingSettings(
    int batch, int threads, int rounds, Duration roundTime, Duration warmUp) {
  private static final int MOST_ROWS = 1 << 16;
  private static final int MOST_THREADS = 1 << 10;
  private static final int MOST_ROUNDS = 1 << 10;

  public TrainingSettings {
    InferenceSettings.requireWithin("--batch", batch, MOST_ROWS);
    InferenceSettings.requireWithin("--threads", threads, MOST_THREADS);
    InferenceSettings.requireWithin("--rounds", rounds, MOST_ROUNDS);
    InferenceSettings.requireNotNegative("--seconds", roundTime);
    InferenceSettings.requireNotNegative("--warm-up", warmUp);
  }
}
