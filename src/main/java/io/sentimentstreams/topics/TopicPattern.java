package io.sentimentstreams.topics;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicSpec;

/**
 * Names of topics: one name, or all that begin alike.
 *
 * @param beginning the whole name, where it is not a prefix; never empty
 */
public record TopicPattern(String beginning, boolean prefix) {
  private static final String ANY_END = "*";

  public TopicPattern {
    if (!TopicSpec.isLegalName(beginning)) {
      throw new InvalidInputException(
          "topic \"%s\": no topic can have that name; give NAME or BEGINNING*"
              .formatted(beginning));
    }
  }

  /** {@code NAME}, or {@code BEGINNING*}; the beginning must say something. */
  public static TopicPattern parse(String text) {
    boolean prefix = text.endsWith(ANY_END);
    String beginning = prefix ? text.substring(0, text.length() - ANY_END.length()) : text;
    return new TopicPattern(beginning, prefix);
  }

  /** As it is given. */
  @Override
  public String toString() {
    return prefix ? beginning + ANY_END : beginning;
  }

  boolean matches(String topic) {
    return prefix ? topic.startsWith(beginning) : topic.equals(beginning);
  }
}
