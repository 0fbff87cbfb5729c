package io.sentimentstreams.model;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.TextEncoder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A model, ready to label texts. Safe for use by several threads at once, until it is closed. */
public final class TextClassifier implements AutoCloseable {
  private final ModelBundle bundle;
  private final TextEncoder encoder;
  private final InferenceBackend backend;
  private final Explainer explainer;

  private TextClassifier(ModelBundle bundle, InferenceBackend backend) {
    this.bundle = bundle;
    this.encoder = new TextEncoder(bundle.manifest().model().text(), bundle.vocabulary());
    this.backend = backend;
    this.explainer = Explainer.of(bundle, encoder, backend);
  }

  /**
   * Loads a bundle.
   *
   * @param folder the bundle's
   * @param kind what is to compute
   * @param device where
   * @param parallelism calls that may compute at the same time; memory grows with it
   * @throws io.sentimentstreams.InvalidInputException where the bundle is damaged, or kind or
   *     device cannot be had
   */
  public static TextClassifier open(Path folder, BackendKind kind, Device device, int parallelism) {
    return of(ModelBundle.load(folder), kind, device, parallelism);
  }

  /** A loaded bundle, see {@link #open}. */
  public static TextClassifier of(
      ModelBundle bundle, BackendKind kind, Device device, int parallelism) {
    return of(bundle, Backends.open(bundle, kind, device, parallelism));
  }

  /** A loaded bundle on a backend, which the classifier closes. */
  public static TextClassifier of(ModelBundle bundle, InferenceBackend backend) {
    return new TextClassifier(bundle, backend);
  }

  /** The model's classes. */
  public Labels labels() {
    return bundle.manifest().model().labels();
  }

  /** The model's name. */
  public String name() {
    return bundle.name();
  }

  /** The model's content hash, see {@link ModelBundle#version}. */
  public String version() {
    return bundle.version();
  }

  /** What was loaded. */
  public ModelBundle bundle() {
    return bundle;
  }

  /** What computes. */
  public InferenceBackend backend() {
    return backend;
  }

  /** A text as the network reads it. */
  public EncodedText encode(String text) {
    return encoder.encode(text);
  }

  /**
   * Labels texts, of any lengths, in one call.
   *
   * @return a prediction a text, in their order
   * @throws InferenceException where the network fails; then for no text is anything known
   */
  public List<Prediction> predict(List<EncodedText> texts) {
    int[][] ids = texts.stream().map(EncodedText::ids).toArray(int[][]::new);
    return Arrays.stream(backend.probabilities(ids)).map(Prediction::of).toList();
  }

  /** What tells which words moved a label of this model. */
  public Explainer explainer() {
    return explainer;
  }

  /** Frees the backend's memory. */
  @Override
  public void close() {
    backend.close();
  }
}
