package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.TopicSpec;

/** Names of Kafka topics. */
final class Topics {
  private Topics() {}

  static void require(String key, String name) {
    if (!TopicSpec.isLegalName(name)) {
      throw new InvalidInputException(
          "%s: \"%s\" is no topic name; use letters, digits, \".\", \"_\" and \"-\", at most 249"
              .formatted(key, name));
    }
  }
}
