package io.sentimentstreams.event;

import org.jspecify.annotations.Nullable;

/**
 * An event with a text to label.
 *
 * @param id the event's own id; a number stands as the digits it was written with; null where the
 *     event has none
 * @param text as in the event, with at least one visible character; JSON may bring unpaired
 *     surrogates
 * @param group what the event is about, well-formed; null where the event or the route has none
 */
public record TextEvent(@Nullable String id, String text, @Nullable String group)
    implements ParsedEvent {

  /** An event without group. */
  public TextEvent(@Nullable String id, String text) {
    this(id, text, null);
  }
}
