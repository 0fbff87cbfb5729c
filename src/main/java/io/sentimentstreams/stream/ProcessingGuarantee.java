package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;

/** What a crash may do to the outputs; named as Kafka Streams names it. */
public enum ProcessingGuarantee {
  /** Every event has its output once: outputs and offsets are committed in one transaction. */
  EXACTLY_ONCE_V2("exactly_once_v2"),

  /** No event is lost; after a crash some may have their output twice. */
  AT_LEAST_ONCE("at_least_once");

  private final String code;

  ProcessingGuarantee(String code) {
    this.code = code;
  }

  /** The value of Kafka Streams' {@code processing.guarantee}, and of the setting. */
  public String code() {
    return code;
  }

  /**
   * The guarantee of a code.
   *
   * @param key begins the message where there is none
   */
  public static ProcessingGuarantee parse(String key, String value) {
    for (ProcessingGuarantee guarantee : values()) {
      if (guarantee.code.equals(value)) {
        return guarantee;
      }
    }
    throw new InvalidInputException(
        "%s: \"%s\", but exactly_once_v2 or at_least_once is needed".formatted(key, value));
  }
}
