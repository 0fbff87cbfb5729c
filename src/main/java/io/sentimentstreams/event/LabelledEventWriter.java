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
public final class LabelledEventWriter {
  /** Bytes of an event besides its text and id, as a first guess. */
  private static final int CAPACITY = 320;

  /** How far a probability may be outside of 0 to 1 by rounding. */
  private static final float TOLERANCE = 1e-4f;

  private final Labels labels;
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
    this.labels = labels;
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
   * @throws InferenceException as {@link #require} does
   */
  public byte[] write(
      @Nullable String id, Prediction prediction, Instant scoredAt, @Nullable String text) {
    return write(id, prediction, scoredAt, text, null);
  }

  /**
   * One labelled event, with what its words did for the label.
   *
   * @param explanation null for none
   * @see #write(String, Prediction, Instant, String)
   */
  public byte[] write(
      @Nullable String id,
      Prediction prediction,
      Instant scoredAt,
      @Nullable String text,
      @Nullable Explanation explanation) {
    require(prediction);
    JsonBytes out = new JsonBytes(CAPACITY + length(id) + length(text));
    out.raw("{");
    if (id != null) {
      out.raw("\"id\":").string(id).raw(",");
    }
    out.raw("\"label\":").raw(labelNames[prediction.label()]);
    out.raw(",\"score\":").share(bounded(prediction.score())).raw(",\"probabilities\":{");
    for (int i = 0; i < labelNames.length; i++) {
      out.raw(i == 0 ? "" : ",").raw(labelNames[i]).raw(":");
      out.share(bounded(prediction.probabilities()[i]));
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

  /**
   * Checks that a prediction can be written.
   *
   * @throws InferenceException where the label is unknown, a probability is missing, or is no
   *     number from 0 to 1
   */
  public void require(Prediction prediction) {
    float[] probabilities = prediction.probabilities();
    if (probabilities.length != labels.size() || prediction.label() >= labels.size()) {
      throw new InferenceException(
          "label %d, %d probabilities for %d labels"
              .formatted(prediction.label(), probabilities.length, labels.size()));
    }
    requireShare("score", prediction.score());
    for (int i = 0; i < probabilities.length; i++) {
      requireShare(labels.name(i), probabilities[i]);
    }
  }

  private static void requireShare(String what, float share) {
    if (!(share >= -TOLERANCE && share <= 1 + TOLERANCE)) {
      throw new InferenceException(
          "the probability of %s is %s, but must be from 0 to 1".formatted(what, share));
    }
  }

  private static float bounded(float share) {
    return Math.min(1, Math.max(0, share));
  }

  private static int length(@Nullable String text) {
    return text == null ? 0 : text.length() + text.length() / 8;
  }
}
