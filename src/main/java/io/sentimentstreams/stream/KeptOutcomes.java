package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Outcome;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of events that took long, by the events' places: where a transaction ends over them, the
 * next one does not compute them again. The latest ones only. Safe for use by several threads at
 * once.
 */
final class KeptOutcomes {
  private final int most;
  private final Map<Place, Kept> kept = new LinkedHashMap<>();

  /** Where an event is. */
  record Place(String topic, int partition, long offset) {}

  /** The text is kept too: a topic that was deleted and made anew has other events there. */
  private record Kept(EncodedText text, Outcome<Prediction> outcome) {}

  KeptOutcomes(int most) {
    this.most = most;
  }

  /** What came of this event, null where that is not known. */
  synchronized @Nullable Outcome<Prediction> of(Place place, EncodedText text) {
    Kept found = kept.get(place);
    return found == null || !found.text.equals(text) ? null : found.outcome;
  }

  /** Keeps an outcome, in place of the one that was kept first where there are too many. */
  synchronized void keep(Place place, EncodedText text, Outcome<Prediction> outcome) {
    kept.put(place, new Kept(text, outcome));
    if (kept.size() > most) {
      kept.remove(kept.keySet().iterator().next());
    }
  }
}
