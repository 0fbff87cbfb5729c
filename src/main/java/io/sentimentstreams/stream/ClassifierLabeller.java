package io.sentimentstreams.stream;

import io.sentimentstreams.model.Explainer;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.util.List;
import java.util.Optional;

/** A bundle's classifier as the stream needs it. */
final class ClassifierLabeller implements Labeller {
  private final TextClassifier classifier;

  ClassifierLabeller(TextClassifier classifier) {
    this.classifier = classifier;
  }

  @Override
  public Labels labels() {
    return classifier.labels();
  }

  @Override
  public Reference reference() {
    return classifier.bundle().manifest().reference();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo(
        classifier.name(),
        classifier.version(),
        classifier.bundle().manifest().model().network().code(),
        classifier.backend().name(),
        classifier.backend().device());
  }

  @Override
  public EncodedText encode(String text) {
    return classifier.encode(text);
  }

  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    return classifier.predict(texts);
  }

  @Override
  public Optional<Explainer> explainer() {
    return Optional.of(classifier.explainer());
  }

  @Override
  public boolean onGpu() {
    return classifier.backend().onGpu();
  }

  @Override
  public long computedTokens(int[] lengths) {
    return classifier.backend().computedTokens(lengths);
  }

  @Override
  public void abandoned() {
    classifier.backend().addRoom();
  }

  @Override
  public void close() {
    classifier.close();
  }
}
