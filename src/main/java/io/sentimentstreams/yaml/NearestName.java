package io.sentimentstreams.yaml;

import io.sentimentstreams.Misspelling;
import java.util.Collection;
import java.util.Map;

/** What a misspelled name probably was. */
public final class NearestName {
  /** Names of Keras' fields, and what they are here. */
  private static final Map<String, String> KERAS =
      Map.of(
          "output_dim", "size",
          "pool_size", "size",
          "kernel_size", "width",
          "return_sequences", "sequences",
          "p", "rate");

  private NearestName() {}

  /**
   * What a message says of an unknown name: the known one that was meant, or else all.
   *
   * @param known at least one
   */
  public static String among(String given, Collection<String> known) {
    String keras = KERAS.get(given);
    if (keras != null && known.contains(keras)) {
      return "what Keras calls %s is %s here".formatted(given, keras);
    }
    return Misspelling.of(given, known)
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> "there are " + String.join(", ", known));
  }
}
