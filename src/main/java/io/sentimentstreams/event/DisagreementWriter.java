package io.sentimentstreams.event;

import java.time.temporal.ChronoUnit;

/**
 * Writes disagreements as JSON; the form is that of {@code
 * topics/schemas/disagreement.schema.json}.
 */
public final class DisagreementWriter {
  /** Bytes of a disagreement besides its text and id, as a first guess. */
  private static final int CAPACITY = 800;

  private DisagreementWriter() {}

  /** The document in UTF-8. */
  public static byte[] write(Disagreement disagreement) {
    EventSource source = disagreement.source();
    JsonBytes out = new JsonBytes(CAPACITY);
    out.raw("{");
    if (disagreement.id() != null) {
      out.raw("\"id\":").string(disagreement.id()).raw(",");
    }
    out.raw("\"route\":").string(disagreement.route());
    out.raw(",\"topic\":").string(source.topic());
    out.raw(",\"partition\":").raw(Integer.toString(source.partition()));
    out.raw(",\"offset\":").raw(Long.toString(source.offset()));
    answer(out.raw(",\"served\":"), disagreement.served());
    answer(out.raw(",\"shadow\":"), disagreement.shadow());
    String at = disagreement.comparedAt().truncatedTo(ChronoUnit.MILLIS).toString();
    out.raw(",\"comparedAt\":\"").raw(at).raw("\"");
    if (disagreement.text() != null) {
      out.raw(",\"text\":").string(disagreement.text());
    }
    return out.raw("}").toByteArray();
  }

  private static void answer(JsonBytes out, Disagreement.Answer answer) {
    out.raw("{\"label\":").string(answer.label());
    out.raw(",\"score\":").share(bounded(answer.prediction().score()));
    out.raw(",\"probabilities\":{");
    for (int i = 0; i < answer.labels().size(); i++) {
      out.raw(i == 0 ? "" : ",").string(answer.labels().name(i)).raw(":");
      out.share(bounded(answer.prediction().probabilities()[i]));
    }
    out.raw("},\"model\":").string(answer.model());
    out.raw(",\"modelVersion\":").string(answer.version()).raw("}");
  }

  /** Rounding may leave a probability a little outside. */
  private static float bounded(float share) {
    return Math.min(1, Math.max(0, share));
  }
}
