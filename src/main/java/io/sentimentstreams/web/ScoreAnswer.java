package io.sentimentstreams.web;

import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a route's model says of texts.
 *
 * @param route the route
 * @param model the model's name
 * @param modelVersion the hash of its content
 * @param labels its labels
 * @param results one a text, in their order
 */
public record ScoreAnswer(
    String route, String model, String modelVersion, Labels labels, List<Result> results) {
  public ScoreAnswer {
    results = List.copyOf(results);
  }

  /** What is said of one text. */
  public sealed interface Result {}

  /**
   * Its label.
   *
   * @param explanation null where none was asked for
   */
  public record Scored(Prediction prediction, @Nullable Explanation explanation)
      implements Result {}

  /**
   * Why it has none: in the stream such an event is dead-lettered.
   *
   * @param reason a code such as {@code empty-text}
   * @param detail in words
   */
  public record Unscored(String reason, String detail) implements Result {}
}
