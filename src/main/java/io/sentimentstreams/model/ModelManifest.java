package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.List;

/**
 * All that a bundle says of its model besides vocabulary and weights; {@code manifest.json}.
 *
 * @param formatVersion of the bundle's layout: {@value #FORMAT_VERSION} for a new one
 * @param model what the model is
 * @param vocabulary what {@code vocabulary.txt} must be
 * @param weights what {@code weights.safetensors} must be
 * @param ngrams what {@code ngrams.txt} must be; {@link FileDigest#NONE} without n-grams, and then
 *     there is no such file
 * @param provenance where it comes from
 * @param measures how well it does, on each data that it was measured on; may be empty
 * @param epochs of its training, in order; empty where they were not kept
 * @param reference what texts of its data are like; {@link Reference#NONE} where that is not told
 */
public record ModelManifest(
    int formatVersion,
    ModelSpec model,
    FileDigest vocabulary,
    FileDigest weights,
    FileDigest ngrams,
    Provenance provenance,
    List<Measures> measures,
    List<EpochReport> epochs,
    Reference reference) {
  /**
   * The layout of new bundles: networks are lists of layers, from 2 on, and scores are calibrated,
   * from 3 on.
   */
  public static final int FORMAT_VERSION = 3;

  public ModelManifest {
    requireFormatVersion(formatVersion);
    measures = List.copyOf(measures);
    epochs = List.copyOf(epochs);
  }

  /** A manifest that tells nothing of the texts. */
  public ModelManifest(
      int formatVersion,
      ModelSpec model,
      FileDigest vocabulary,
      FileDigest weights,
      FileDigest ngrams,
      Provenance provenance,
      List<Measures> measures,
      List<EpochReport> epochs) {
    this(
        formatVersion,
        model,
        vocabulary,
        weights,
        ngrams,
        provenance,
        measures,
        epochs,
        Reference.NONE);
  }

  /** The same model with another reference. */
  public ModelManifest withReference(Reference other) {
    return new ModelManifest(
        formatVersion, model, vocabulary, weights, ngrams, provenance, measures, epochs, other);
  }

  /** The same model with other measures. */
  public ModelManifest withMeasures(List<Measures> newMeasures) {
    return new ModelManifest(
        formatVersion,
        model,
        vocabulary,
        weights,
        ngrams,
        provenance,
        newMeasures,
        epochs,
        reference);
  }

  /** The same model with other epochs. */
  public ModelManifest withEpochs(List<EpochReport> newEpochs) {
    return new ModelManifest(
        formatVersion,
        model,
        vocabulary,
        weights,
        ngrams,
        provenance,
        measures,
        newEpochs,
        reference);
  }

  /** Seconds of the training's epochs, evaluation included; 0 where they were not kept. */
  public double trainingSeconds() {
    return epochs.stream().mapToDouble(EpochReport::seconds).sum();
  }

  static void requireFormatVersion(int version) {
    if (version < 1 || version > FORMAT_VERSION) {
      throw new InvalidInputException(
          "formatVersion is %d, but this version of sentiment-streams reads only 1 to %d"
              .formatted(version, FORMAT_VERSION));
    }
  }
}
