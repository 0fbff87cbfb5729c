package io.sentimentstreams.event;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event that a route's model and its shadow label differently.
 *
 * @param route the route's name
 * @param source where the event came from
 * @param id the event's own id, null where it has none
 * @param served what the output says
 * @param shadow what the shadow says
 * @param comparedAt when they were compared
 * @param text the text, null where outputs leave it out
 */
public record Disagreement(
    String route,
    EventSource source,
    @Nullable String id,
    Answer served,
    Answer shadow,
    Instant comparedAt,
    @Nullable String text) {

  /**
   * What a model says of the event.
   *
   * @param labels those of the model, in its order
   * @param model its name
   * @param version the hash of its content
   */
  public record Answer(Labels labels, String model, String version, Prediction prediction) {
    /** The label by name: models may have them in another order. */
    public String label() {
      return labels.name(prediction.label());
    }
  }

  /** The same without the text, for a record that would be too large. */
  public Disagreement withoutText() {
    return new Disagreement(route, source, id, served, shadow, comparedAt, null);
  }
}
