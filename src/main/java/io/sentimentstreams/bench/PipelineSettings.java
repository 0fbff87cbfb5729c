package io.sentimentstreams.bench;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.Map;

/**
 * What is measured of the whole stream.
 *
 * @param records of a run, which wait for it
 * @param slowRecords the same for the way that takes a record at a time
 * @param partitions of the topics
 * @param threads stream threads
 * @param rounds that each run is repeated in, the ways taking turns
 * @param warmUpRounds before those, which do not count
 * @param rate events a second of the measurement of latency, 0 for none
 * @param latencyTime how long latency is measured at that rate
 * @param overrides further settings of the stream, as in {@code --set}
 */
public record PipelineSettings(
    int records,
    int slowRecords,
    int partitions,
    int threads,
    int rounds,
    int warmUpRounds,
    int rate,
    Duration latencyTime,
    Map<String, String> overrides) {
  private static final int MOST_RECORDS = 100_000_000;
  private static final int MOST_PARTITIONS = 1000;
  private static final int MOST_THREADS = 1000;
  private static final int MOST_ROUNDS = 1000;
  private static final int MOST_RATE = 1_000_000;

  public PipelineSettings {
    InferenceSettings.requireWithin("--records", records, MOST_RECORDS);
    InferenceSettings.requireWithin("--slow-records", slowRecords, MOST_RECORDS);
    InferenceSettings.requireWithin("--partitions", partitions, MOST_PARTITIONS);
    InferenceSettings.requireWithin("--threads", threads, MOST_THREADS);
    InferenceSettings.requireWithin("--rounds", rounds, MOST_ROUNDS);
    if (warmUpRounds != 0) {
      InferenceSettings.requireWithin("--warm-up", warmUpRounds, MOST_ROUNDS);
    }
    if (rate != 0) {
      InferenceSettings.requireWithin("--rate", rate, MOST_RATE);
    }
    InferenceSettings.requireNotNegative("--seconds", latencyTime);
    if (rate != 0 && latencyTime.isZero()) {
      throw new InvalidInputException(
          "--seconds is 0, but latency at a --rate takes time; give seconds, or --rate 0");
    }
    overrides = Map.copyOf(overrides);
    if (overrides.containsKey("processingGuarantee")) {
      throw new InvalidInputException(
          "--set processingGuarantee: exactly_once_v2 is what is measured; leave it out");
    }
  }
}
