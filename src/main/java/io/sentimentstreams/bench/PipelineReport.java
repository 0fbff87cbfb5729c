package io.sentimentstreams.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the pipeline benchmark came to.
 *
 * @param results one for each model and way to label
 * @param ratios one for each model
 * @param texts what the events hold, in words
 * @param partitions of the topics
 * @param threads stream threads
 * @param rounds that were measured
 * @param machine what it ran on
 */
public record PipelineReport(
    List<Result> results,
    List<Ratios> ratios,
    String texts,
    int partitions,
    int threads,
    int rounds,
    Machine machine) {
  /** The stream with the model. */
  static final String MODEL = "model";

  /** The same topology with a model that costs nothing: texts are tokenized as for the real one. */
  static final String ZERO_COST_MODEL = "zero-cost-model";

  /** The same frames, events and transactions, without tokenizing and without a model. */
  static final String PASS_THROUGH = "pass-through";

  /** One record, one call of Deeplearning4j. */
  static final String RECORD_AT_A_TIME = "record-at-a-time";

  public PipelineReport {
    results = List.copyOf(results);
    ratios = List.copyOf(ratios);
  }

  /**
   * A model labelled in one way.
   *
   * @param model its name
   * @param way such as {@value #MODEL}
   * @param backend what computed
   * @param records of each run
   * @param recordsPerSecond from the first commit to the last; the median round
   * @param recordsPerSecondLow the slowest round
   * @param recordsPerSecondHigh the fastest round
   * @param latency at a fixed rate; null where it was not measured
   */
  public record Result(
      String model,
      String way,
      String backend,
      long records,
      double recordsPerSecond,
      double recordsPerSecondLow,
      double recordsPerSecondHigh,
      @Nullable Latency latency) {}

  /**
   * From an event's timestamp until a reader of committed records has its label.
   *
   * @param rate events a second
   * @param events measured
   * @param p50Millis of half of the events no more
   * @param p99Millis of 99 of 100 no more
   * @param maximumMillis of all
   */
  public record Latency(
      int rate, long events, double p50Millis, double p99Millis, double maximumMillis) {}

  /**
   * A model's records a second divided by those of the other ways in the same round; the median
   * round.
   */
  public record Ratios(
      String model, double toPassThrough, double toZeroCostModel, double toRecordAtATime) {}

  /** One line of JSON. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
