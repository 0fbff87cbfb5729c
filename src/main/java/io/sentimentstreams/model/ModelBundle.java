package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.Ngrams;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trained model: a folder of {@code manifest.json}, {@code vocabulary.txt}, {@code
 * weights.safetensors}, {@code ngrams.txt} where it has n-grams, and, for people, {@code MODEL.md}
 * and {@code report.html}. Immutable.
 *
 * <p>Nothing in a bundle is code, and reading one runs no Java deserialization.
 */
public final class ModelBundle {
  static final String VOCABULARY = "vocabulary.txt";
  static final String NGRAMS = "ngrams.txt";
  static final String WEIGHTS = "weights.safetensors";
  static final String CARD = "MODEL.md";

  /** Name of a page for people that a bundle may have. */
  public static final String REPORT = "report.html";

  private static final int MAXIMUM_VOCABULARY_BYTES = 64 << 20;
  private static final int MAXIMUM_NGRAMS_BYTES = 256 << 20;
  private static final long MAXIMUM_WEIGHTS_BYTES = 1L << 32;
  private static final Map<String, String> METADATA = Map.of("format", "sentiment-streams");

  private final ModelManifest manifest;
  private final Vocabulary vocabulary;
  private final Weights weights;
  private final @Nullable NgramScores ngrams;
  private final Precision precision;
  private final String version;

  private ModelBundle(
      ModelManifest manifest,
      Vocabulary vocabulary,
      Weights weights,
      @Nullable NgramScores ngrams,
      Precision precision) {
    this.manifest = manifest;
    this.vocabulary = vocabulary;
    this.weights = weights;
    this.ngrams = ngrams;
    this.precision = precision;
    this.version = ManifestFile.version(manifest);
  }

  /**
   * A bundle of what training gave; not yet on disk. Its weights are rounded to the precision, so
   * that it computes what it will once it is saved and loaded.
   *
   * @throws InvalidInputException where the weights are not the network's, or too large for the
   *     precision
   */
  public static ModelBundle create(
      ModelSpec model,
      Vocabulary vocabulary,
      Weights weights,
      Precision precision,
      Provenance provenance,
      List<Measures> measures) {
    return create(model, vocabulary, weights, null, precision, provenance, measures);
  }

  /**
   * A bundle with an n-gram part, see {@link #create(ModelSpec, Vocabulary, Weights, Precision,
   * Provenance, List)}.
   *
   * @param ngrams null for none
   */
  public static ModelBundle create(
      ModelSpec model,
      Vocabulary vocabulary,
      Weights weights,
      @Nullable NgramScores ngrams,
      Precision precision,
      Provenance provenance,
      List<Measures> measures) {
    Weights rounded = stored(weights, ngrams).roundedTo(precision);
    NgramScores roundedNgrams =
        ngrams == null
            ? null
            : new NgramScores(ngrams.ngrams(), rounded.tensor(NgramScores.TENSOR));
    requireFitting(model, vocabulary, network(rounded), "model " + model.name());
    ModelManifest manifest =
        new ModelManifest(
            ModelManifest.FORMAT_VERSION,
            model,
            BundleFiles.digest(vocabulary.bytes()),
            digest(rounded, precision),
            ngrams == null
                ? FileDigest.NONE
                : BundleFiles.digest(ngrams.ngrams().bytes(vocabulary)),
            provenance,
            measures,
            List.of());
    return new ModelBundle(manifest, vocabulary, network(rounded), roundedNgrams, precision);
  }

  /** The tensors of the weights file: the network's, and the n-grams' behind them. */
  private static Weights stored(Weights network, @Nullable NgramScores ngrams) {
    if (ngrams == null) {
      return network;
    }
    List<Tensor> tensors = new ArrayList<>(network.tensors());
    tensors.add(ngrams.weight());
    return Weights.of(tensors);
  }

  /** Without the n-grams' tensor. */
  private static Weights network(Weights stored) {
    return Weights.of(
        stored.tensors().stream()
            .filter(tensor -> !tensor.name().equals(NgramScores.TENSOR))
            .toList());
  }

  /**
   * Reads a bundle, after checking each file's size and digest against the manifest.
   *
   * <p>Where the folder is missing because replacing it was interrupted, the former bundle is read
   * from the place that {@link #save} put it aside to.
   *
   * @throws InvalidInputException naming the file that is missing, damaged or does not fit
   */
  public static ModelBundle load(Path folder) {
    Path source = BundleFolder.readable(folder);
    ModelManifest manifest = ManifestFile.read(source.resolve(ManifestFile.NAME));
    Path vocabularyFile = source.resolve(VOCABULARY);
    Path weightsFile = source.resolve(WEIGHTS);
    byte[] words = BundleFiles.read(vocabularyFile, MAXIMUM_VOCABULARY_BYTES);
    requireSize(vocabularyFile, words.length, manifest.vocabulary());
    requireDigest(vocabularyFile, BundleFiles.digest(words), manifest.vocabulary());
    try (FileChannel channel = BundleFiles.open(weightsFile, MAXIMUM_WEIGHTS_BYTES)) {
      requireSize(weightsFile, channel.size(), manifest.weights());
      requireDigest(weightsFile, BundleFiles.digest(channel), manifest.weights());
      Vocabulary vocabulary = Vocabulary.parse(vocabularyFile, words);
      Safetensors.Content content = Safetensors.read(channel, weightsFile);
      NgramScores ngrams = ngrams(source, manifest, vocabulary, content.weights());
      Weights network = ngrams == null ? content.weights() : network(content.weights());
      requireFitting(manifest.model(), vocabulary, network, weightsFile);
      return new ModelBundle(manifest, vocabulary, network, ngrams, content.precision());
    } catch (IOException e) {
      throw BundleFiles.unreadable(source, e);
    }
  }

  private static @Nullable NgramScores ngrams(
      Path folder, ModelManifest manifest, Vocabulary vocabulary, Weights stored) {
    if (manifest.ngrams().equals(FileDigest.NONE)) {
      return null;
    }
    Path file = folder.resolve(NGRAMS);
    byte[] lines = BundleFiles.read(file, MAXIMUM_NGRAMS_BYTES);
    requireSize(file, lines.length, manifest.ngrams());
    requireDigest(file, BundleFiles.digest(lines), manifest.ngrams());
    Ngrams ngrams = Ngrams.parse(file, lines, vocabulary);
    try {
      NgramScores scores = new NgramScores(ngrams, stored.tensor(NgramScores.TENSOR));
      scores.requireLabels(manifest.model().labels().size());
      return scores;
    } catch (InvalidInputException e) {
      throw new InvalidInputException(
          "%s: %s".formatted(folder.resolve(WEIGHTS), e.getMessage()), e);
    }
  }

  private static void requireSize(Path file, long bytes, FileDigest expected) {
    if (bytes != expected.bytes()) {
      throw new InvalidInputException(
          "%s: has %d bytes, but the manifest says %d: the file is damaged or another model's"
              .formatted(file, bytes, expected.bytes()));
    }
  }

  private static void requireDigest(Path file, FileDigest actual, FileDigest expected) {
    if (!actual.sha256().equals(expected.sha256())) {
      throw new InvalidInputException(
          "%s: SHA-256 is %s, but the manifest says %s: the file is damaged or another model's"
              .formatted(file, actual.sha256(), expected.sha256()));
    }
  }

  private static void requireFitting(
      ModelSpec model, Vocabulary vocabulary, Weights weights, Object where) {
    try {
      TensorLayout.require(
          weights, TensorLayout.of(model.network(), model.size(vocabulary.size())));
    } catch (InvalidInputException e) {
      throw BundleFiles.refused(where, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Checks, before a long training, that {@link #save} to this folder can be: it is missing, empty
   * or a bundle, and can be written next to.
   *
   * @throws InvalidInputException where it holds anything else, which saving would delete
   */
  public static void requireSavable(Path folder) {
    BundleFolder.requireReplaceable(folder);
  }

  /**
   * Writes the bundle without a report, see {@link #save(Path, String, String)}.
   *
   * @param card text of {@code MODEL.md}, in Markdown
   */
  public void save(Path folder, String card) {
    save(folder, Map.of(CARD, card));
  }

  /**
   * Writes the bundle, all of it or nothing: a killed process leaves the former bundle or the new
   * one, see {@link BundleFolder}. One process at a time may save to a folder.
   *
   * @param card text of {@code MODEL.md}, in Markdown
   * @param report text of {@code report.html}
   * @throws InvalidInputException where the folder holds other files or cannot be written
   */
  public void save(Path folder, String card, String report) {
    save(folder, Map.of(CARD, card, REPORT, report));
  }

  private void save(Path folder, Map<String, String> pages) {
    BundleFolder.replace(
        folder,
        fresh -> {
          BundleFiles.write(fresh.resolve(ManifestFile.NAME), ManifestFile.bytes(manifest));
          BundleFiles.write(fresh.resolve(VOCABULARY), vocabulary.bytes());
          if (ngrams != null) {
            BundleFiles.write(fresh.resolve(NGRAMS), ngrams.ngrams().bytes(vocabulary));
          }
          Safetensors.write(fresh.resolve(WEIGHTS), stored(weights, ngrams), precision, METADATA);
          for (Map.Entry<String, String> page : pages.entrySet()) {
            BundleFiles.write(
                fresh.resolve(page.getKey()), page.getValue().getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** The same model with other measures; its version is the same. */
  public ModelBundle withMeasures(List<Measures> measures) {
    return new ModelBundle(manifest.withMeasures(measures), vocabulary, weights, ngrams, precision);
  }

  /** The same model with the epochs of its training; its version is the same. */
  public ModelBundle withEpochs(List<EpochReport> epochs) {
    return new ModelBundle(manifest.withEpochs(epochs), vocabulary, weights, ngrams, precision);
  }

  /** The same model with a reference; its version is the same. */
  public ModelBundle withReference(Reference reference) {
    return new ModelBundle(
        manifest.withReference(reference), vocabulary, weights, ngrams, precision);
  }

  /**
   * Writes this bundle's manifest in place of the one in a folder that holds the same model; all
   * other files stay as they are.
   *
   * @throws InvalidInputException where it cannot be written
   */
  public void saveManifest(Path folder) {
    ManifestFile.replace(folder.resolve(ManifestFile.NAME), manifest);
  }

  public ModelManifest manifest() {
    return manifest;
  }

  public Vocabulary vocabulary() {
    return vocabulary;
  }

  public Weights weights() {
    return weights;
  }

  /** The network's layers with what each gives and learns. */
  public NetworkSummary summary() {
    ModelSpec model = manifest.model();
    return NetworkSummary.of(model.network(), model.size(vocabulary.size()));
  }

  /** What its n-grams add to the scores. */
  public Optional<NgramScores> ngrams() {
    return Optional.ofNullable(ngrams);
  }

  /** Numbers of the network and of the n-grams' scores together. */
  public long parameters() {
    return weights.parameters() + (ngrams == null ? 0 : ngrams.parameters());
  }

  /** How the weights file stores its numbers. */
  public Precision precision() {
    return precision;
  }

  public String name() {
    return manifest.model().name();
  }

  /**
   * Hex SHA-256 of all that decides a prediction: network, labels, text settings, vocabulary,
   * weights, calibration and n-grams. Editing the card, the provenance or the measures does not
   * change it.
   */
  public String version() {
    return version;
  }

  private static FileDigest digest(Weights weights, Precision precision) {
    MessageDigest sha256 = BundleFiles.sha256();
    long[] bytes = new long[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            sha256.update((byte) b);
            bytes[0]++;
          }

          @Override
          public void write(byte[] b, int offset, int length) {
            sha256.update(b, offset, length);
            bytes[0] += length;
          }
        };
    try {
      Safetensors.write(Channels.newChannel(counting), weights, precision, METADATA);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to a digest never fails", e);
    }
    return new FileDigest(bytes[0], BundleFiles.hex(sha256));
  }
}
