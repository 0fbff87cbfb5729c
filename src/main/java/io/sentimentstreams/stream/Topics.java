package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.regex.Pattern;

/** Names of Kafka topics. */
final class Topics {
  /** As the broker checks them. */
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  private Topics() {}

  static void require(String key, String name) {
    if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new InvalidInputException(
          "%s: \"%s\" is no topic name; use letters, digits, \".\", \"_\" and \"-\", at most 249"
              .formatted(key, name));
    }
  }
}
