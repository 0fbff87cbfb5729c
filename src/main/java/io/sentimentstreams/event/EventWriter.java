package io.sentimentstreams.event;

import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.InferenceException;
import io.sentimentstreams.model.Prediction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes the labelled events of one model in one format. Thread-safe. */
public interface EventWriter {
  /**
   * One labelled event, with what its words did for the label.
   *
   * @param id the event's own id, null where it has none
   * @param scoredAt written in UTC to the millisecond
   * @param text the text, null where the output leaves it out
   * @param explanation null for none
   * @throws InferenceException where the prediction cannot be written, see {@link
   *     PredictionRules#require}
   */
  byte[] write(
      @Nullable String id,
      Prediction prediction,
      Instant scoredAt,
      @Nullable String text,
      @Nullable Explanation explanation);
}
