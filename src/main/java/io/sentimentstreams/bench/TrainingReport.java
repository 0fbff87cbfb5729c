package io.sentimentstreams.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * What a run of the training benchmark came to.
 *
 * @param results one for each network
 * @param texts what was trained on, in words
 * @param rounds of each measurement
 * @param roundSeconds of each round
 * @param machine what it ran on
 */
public record TrainingReport(
    List<Result> results, String texts, int rounds, double roundSeconds, Machine machine) {
  public TrainingReport {
    results = List.copyOf(results);
  }

  /**
   * What was measured of one network.
   *
   * @param network its kind, such as {@code bilstm}
   * @param batch rows of a step
   * @param threads of native operations
   * @param meanTokens of a text
   * @param msPerBatch milliseconds of a step; the median round
   * @param msPerBatchLow the fastest round
   * @param msPerBatchHigh the slowest round
   * @param rowsPerSecond of the median round
   */
  public record Result(
      String network,
      int batch,
      int threads,
      double meanTokens,
      double msPerBatch,
      double msPerBatchLow,
      double msPerBatchHigh,
      double rowsPerSecond) {}

  /** One line of JSON. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Lines for people, without one more line end behind the last. */
  public String table() {
    StringJoiner lines = new StringJoiner("\n");
    lines.add(machine.toString());
    lines.add(
        "Texts: %s. %d rounds of %s s: the median, the fastest and slowest."
            .formatted(texts, rounds, roundSeconds));
    lines.add("A step: forward, loss, backward and Adam on all weights, without dropout.");
    for (Result result : results) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: %,.1f ms a step of %d texts of %.1f tokens (%,.1f .. %,.1f), %,.0f rows/s",
              result.network(),
              result.msPerBatch(),
              result.batch(),
              result.meanTokens(),
              result.msPerBatchLow(),
              result.msPerBatchHigh(),
              result.rowsPerSecond()));
    }
    return lines.toString();
  }
}
