package io.sentimentstreams.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Texts to label.
 *
 * @param texts at least one
 * @param route whose model is asked; null for the first one
 * @param explain whether the words that moved the labels are asked for
 */
public record ScoreRequest(List<String> texts, @Nullable String route, boolean explain) {
  public ScoreRequest {
    texts = List.copyOf(texts);
  }
}
