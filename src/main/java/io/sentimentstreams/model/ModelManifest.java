package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;

/**
 * All that a bundle says of its model besides vocabulary and weights; {@code manifest.json}.
 *
 * @param formatVersion of the bundle's layout: 1, or {@value #FORMAT_VERSION} for a new one
 * @param model what the model is
 * @param vocabulary what {@code vocabulary.txt} must be
 * @param weights what {@code weights.safetensors} must be
 * @param provenance where it comes from
 * @param measures how well it does, on each data that it was measured on; may be empty
 */
public record ModelManifest(
    int formatVersion,
    ModelSpec model,
    FileDigest vocabulary,
    FileDigest weights,
    Provenance provenance,
    List<Measures> measures) {
  /** The layout of new bundles: networks are lists of layers. */
  public static final int FORMAT_VERSION = 2;

  public ModelManifest {
    requireFormatVersion(formatVersion);
    measures = List.copyOf(measures);
  }

  /** The same model with other measures. */
  public ModelManifest withMeasures(List<Measures> newMeasures) {
    return new ModelManifest(formatVersion, model, vocabulary, weights, provenance, newMeasures);
  }

  static void requireFormatVersion(int version) {
    if (version < 1 || version > FORMAT_VERSION) {
      throw new InvalidInputException(
          "formatVersion is %d, but this version of sentiment-streams reads only 1 to %d"
              .formatted(version, FORMAT_VERSION));
    }
  }
}
