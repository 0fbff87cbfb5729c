package io.sentimentstreams.train;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.Prediction;

/**
 * A labelled text and what a model says of it.
 *
 * @param text with its true label
 * @param truth the true label's index among the model's
 * @param prediction of the model
 * @param tokens of the text, before it was cut
 */
public record Judged(LabelledText text, int truth, Prediction prediction, int tokens) {

  /** Whether the model names the true label. */
  public boolean isRight() {
    return prediction.label() == truth;
  }
}
