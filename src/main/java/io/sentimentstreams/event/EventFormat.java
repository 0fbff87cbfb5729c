package io.sentimentstreams.event;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;

/** What the values of an input topic are. */
public enum EventFormat {
  /** A JSON object that holds the text, in UTF-8. */
  JSON,

  /** The text itself, in UTF-8. */
  TEXT,

  /** An Avro record that holds the text, with the id of its schema in a registry. */
  AVRO;

  /** The format of a setting's value, in any case. */
  public static EventFormat parse(String name) {
    for (EventFormat format : values()) {
      if (format.name().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new InvalidInputException(
        "format: \"%s\", but json, text or avro is needed".formatted(name));
  }

  /** The name in settings: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
