package io.sentimentstreams.yaml;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Map;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a misspelled name probably was. */
public final class NearestName {
  /** A name further than this from what was given is another word, not a slip. */
  private static final int MOST_EDITS = 3;

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
    return known.stream()
        .min(comparingInt(name -> distance(given, name)))
        .filter(name -> distance(given, name) <= MOST_EDITS)
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  private static int distance(String given, String name) {
    return LevenshteinDistance.getDefaultInstance().apply(given, name);
  }
}
