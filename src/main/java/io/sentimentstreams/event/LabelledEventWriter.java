package io.sentimentstreams.event;

import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.InferenceException;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Writes labelled events of one model as JSON; the form is that of {@code
 * topics/schemas/labelled-event.schema.json}. Probabilities have up to six decimals, never an
 * exponent. An unpaired surrogate becomes U+FFFD.
 *
 * <p>Thread-safe.
 */
public final class LabelledEventWriter implements EventWriter {
  /** Bytes of an event besides its text and id, as a first guess. */
  private static final int CAPACITY = 320;

  private final PredictionRules rules;
  private final byte[][] labelNames; // [labels] as JSON strings
  private final byte[] model;

  /**
   * A writer for the outputs of one model.
   *
   * @param labels in the order of the predictions' probabilities
   * @param model the model's name
   * @param modelVersion the hash of the model's content
   */
  public LabelledEventWriter(Labels labels, String model, String modelVersion) {
    this.rules = new PredictionRules(labels);
    this.labelNames =
        labels.names().stream()
            .map(name -> new JsonBytes(name.length() + 2).string(name).toByteArray())
            .toArray(byte[][]::new);
    this.model =
        new JsonBytes(CAPACITY)
            .raw("},\"model\":")
            .string(model)
            .raw(",\"modelVersion\":")
            .string(modelVersion)
            .raw(",\"scoredAt\":\"")
            .toByteArray();
  }

  /**
   * One labelled event.
   *
   * @param id the event's own id, null where it has none
   * @param scoredAt written in UTC to the millisecond
   * @param text the text, null where the output leaves it out
   * @return JSON in UTF-8
   * @throws InferenceException as {@link PredictionRules#require} does
   */
  public byte[] write(
      @Nullable String id, Prediction prediction, Instant scoredAt, @Nullable String text) {
    return write(id, prediction, scoredAt, text, null);
  }

  @Override
  public byte[] write(
      @Nullable String id,
      Prediction prediction,
      Instant scoredAt,
      @Nullable String text,
      @Nullable Explanation explanation) {
    rules.require(prediction);
    JsonBytes out = new JsonBytes(CAPACITY + length(id) + length(text));
    out.raw("{");
    if (id != null) {
      out.raw("\"id\":").string(id).raw(",");
    }
    out.raw("\"label\":").raw(labelNames[prediction.label()]);
    out.raw(",\"score\":")
        .share(PredictionRules.bounded(prediction.score()))
        .raw(",\"probabilities\":{");
    for (int i = 0; i < labelNames.length; i++) {
      out.raw(i == 0 ? "" : ",").raw(labelNames[i]).raw(":");
      out.share(PredictionRules.bounded(prediction.probabilities()[i]));
    }
    out.raw(model).raw(scoredAt.truncatedTo(ChronoUnit.MILLIS).toString()).raw("\"");
    if (text != null) {
      out.raw(",\"text\":").string(text);
    }
    if (explanation != null) {
      write(explanation, out);
    }
    return out.raw("}").toByteArray();
  }

  private void write(Explanation explanation, JsonBytes out) {
    out.raw(",\"method\":\"").raw(explanation.method().code());
    out.raw("\",\"against\":").raw(labelNames[explanation.against()]);
    out.raw(",\"rest\":").number(explanation.rest()).raw(",\"tokens\":[");
    String separator = "";
    for (TokenContribution token : explanation.tokens()) {
      out.raw(separator).raw("{\"text\":").string(token.text());
      out.raw(",\"start\":").raw(Integer.toString(token.start()));
      out.raw(",\"end\":").raw(Integer.toString(token.end()));
      out.raw(",\"contribution\":").number(token.contribution()).raw("}");
      separator = ",";
    }
    out.raw("]");
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length() + text.length() / 8;
  }
}
