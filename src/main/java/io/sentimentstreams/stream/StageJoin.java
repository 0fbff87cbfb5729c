package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;

/** Whether frames of several threads share a call of the model. */
public enum StageJoin {
  /** Where a GPU computes: there a call of many rows takes little longer than one of few. */
  AUTO,
  ALWAYS,
  /** Each thread calls by itself, on a core of its own. */
  NEVER;

  /**
   * The value of a name, in any case.
   *
   * @throws InvalidInputException naming the value and the possible ones
   */
  static StageJoin parse(String name) {
    for (StageJoin join : values()) {
      if (join.name().equalsIgnoreCase(name)) {
        return join;
      }
    }
    throw new InvalidInputException("\"%s\", but auto, always or never is needed".formatted(name));
  }

  /** The name in settings: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
