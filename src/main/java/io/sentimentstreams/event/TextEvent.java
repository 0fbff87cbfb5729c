package io.sentimentstreams.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event with a text to label.
 *
 * @param id the event's own id; a number stands as the digits it was written with; null where the
 *     event has none
 * @param text as in the event, with at least one visible character; JSON may bring unpaired
 *     surrogates
 * @param groups what the event is about, well-formed and all different; none is empty
 */
public record TextEvent(@Nullable String id, String text, List<String> groups)
    implements ParsedEvent {
  public TextEvent {
    groups = List.copyOf(groups);
  }

  /** An event without groups. */
  public TextEvent(@Nullable String id, String text) {
    this(id, text, List.of());
  }
}
