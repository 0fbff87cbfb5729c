package io.sentimentstreams.control;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which model an instance uses for a route.
 *
 * @param model the model's name
 * @param version the hash of its content
 * @param answers offset of the record in the control topic that this answers, {@link #NOTHING} for
 *     none
 * @param askedAt time of that record: offsets begin anew where the topic is made anew; null for
 *     none
 * @param refusal why what was asked for is not used, null where it is
 */
public record RouteReport(
    String model,
    String version,
    long answers,
    @Nullable Instant askedAt,
    @Nullable String refusal) {
  /** In place of an offset: nothing was asked for. */
  public static final long NOTHING = -1;

  // Not the compact form: its parameters lose the annotations of their types.
  public RouteReport(
      String model,
      String version,
      long answers,
      @Nullable Instant askedAt,
      @Nullable String refusal) {
    this.model = Objects.requireNonNull(model, "model");
    this.version = Objects.requireNonNull(version, "version");
    this.answers = answers;
    this.askedAt = askedAt;
    this.refusal = refusal;
  }

  /** Whether this answers the record at that offset, of that time. */
  public boolean answers(long offset, Instant at) {
    return answers == offset && at.equals(askedAt);
  }

  /** See {@link InstanceReport#readAt}. */
  RouteReport readAt(long offset) {
    return answers < offset ? this : new RouteReport(model, version, NOTHING, null, null);
  }
}
