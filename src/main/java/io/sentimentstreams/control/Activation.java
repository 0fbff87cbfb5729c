package io.sentimentstreams.control;

import io.sentimentstreams.InvalidInputException;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The wish that all instances use a model.
 *
 * @param bundle the bundle's folder, as the instances see it
 * @param model the model's name
 * @param version the hash of its content, hex SHA-256; a bundle with another is refused
 * @param labelsMayDiffer whether a model of other labels than the former's is taken
 * @param at when it was asked for
 * @param previous what was asked for before and was taken, for instances that refuse this one and
 *     had no other before; null for the model of the settings
 */
public record Activation(
    String bundle,
    String model,
    String version,
    boolean labelsMayDiffer,
    Instant at,
    @Nullable Activation previous) {
  private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

  public Activation {
    requireText("bundle", bundle);
    requireText("model", model);
    if (!VERSION.matcher(version).matches()) {
      throw new InvalidInputException(
          "version: \"%s\", but 64 hexadecimal digits are needed".formatted(version));
    }
    Objects.requireNonNull(at, "at");
    // One is enough to fall back to; else the records would grow with each activation.
    if (previous != null && previous.previous() != null) {
      previous = previous.withPrevious(null);
    }
  }

  /** The same wish after another. */
  public Activation withPrevious(@Nullable Activation before) {
    return new Activation(bundle, model, version, labelsMayDiffer, at, before);
  }

  private static void requireText(String field, String value) {
    if (value.isBlank()) {
      throw new InvalidInputException("%s: empty, but a value is needed".formatted(field));
    }
  }
}
