package io.sentimentstreams.letters;

import io.sentimentstreams.event.DeadLetter;
import java.util.Map;

/** A record of the dead-letter topic. */
public sealed interface FoundLetter {
  /** Where it is. */
  LetterId id();

  /**
   * A dead letter.
   *
   * @param errors the headers of KIP-1034 that the record has, as text
   */
  record Whole(LetterId id, DeadLetter letter, Map<String, String> errors) implements FoundLetter {
    public Whole {
      errors = Map.copyOf(errors);
    }
  }

  /**
   * Something else: written by another application, or by a newer version.
   *
   * @param problem one line
   */
  record Unreadable(LetterId id, String problem) implements FoundLetter {}
}
