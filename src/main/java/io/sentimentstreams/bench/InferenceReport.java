package io.sentimentstreams.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a run of the inference benchmark came to.
 *
 * @param results one for each model, batch size, number of threads and backend
 * @param skipped backends that could not be measured
 * @param models what was measured
 * @param texts what the models were given, in words
 * @param rounds of each measurement
 * @param roundSeconds of each round and backend
 * @param machine what it ran on
 */
public record InferenceReport(
    List<InferenceResult> results,
    List<Skipped> skipped,
    List<Model> models,
    String texts,
    int rounds,
    double roundSeconds,
    Machine machine) {
  public InferenceReport {
    results = List.copyOf(results);
    skipped = List.copyOf(skipped);
    models = List.copyOf(models);
  }

  /** A backend that cannot compute a model here, and why. */
  public record Skipped(String model, String backend, String reason) {}

  /**
   * A model and its texts.
   *
   * @param name the model's
   * @param network its kind
   * @param texts how many
   * @param meanTokens of a text
   * @param multiplyAddsPerText as the network is defined, the mean of the texts
   * @param readMillis how long reading its folder took, 0 where it was made in memory
   */
  public record Model(
      String name,
      String network,
      int texts,
      double meanTokens,
      double multiplyAddsPerText,
      double readMillis) {}

  /** One line of JSON. */
  public String json() {
    try {
      return new JsonMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
