package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.regex.Pattern;

/** Checks of the records of a manifest; messages name the field and its value. */
final class Checks {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  private Checks() {}

  static void notBlank(String field, String value) {
    if (value.isBlank()) {
      throw new InvalidInputException("%s is empty, but must be given".formatted(field));
    }
  }

  static void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new InvalidInputException("%s is %s, but must be from 0 to 1".formatted(field, value));
    }
  }

  static void atLeast(String field, long value, long least) {
    if (value < least) {
      throw new InvalidInputException(
          "%s is %d, but must be at least %d".formatted(field, value, least));
    }
  }

  static void sha256(String field, String value) {
    if (!SHA256.matcher(value).matches()) {
      throw new InvalidInputException(
          "%s is \"%s\", but must be a SHA-256 digest of 64 lower-case hex digits"
              .formatted(field, value));
    }
  }
}
