package io.sentimentstreams.bench;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.stream.Labeller;
import io.sentimentstreams.stream.ModelInfo;
import io.sentimentstreams.text.EncodedText;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** A model that says the same of every text. */
final class ZeroCostLabeller implements Labeller {
  private final Labels labels;
  private final Function<String, EncodedText> encoder;
  private final Prediction prediction;

  /**
   * @param encoder what it does to texts nevertheless
   */
  ZeroCostLabeller(Labels labels, Function<String, EncodedText> encoder) {
    this.labels = labels;
    this.encoder = encoder;
    float[] probabilities = new float[labels.size()];
    Arrays.fill(probabilities, 1f / labels.size());
    this.prediction = Prediction.of(probabilities);
  }

  /** One that does not even read the texts. */
  static ZeroCostLabeller blind(Labels labels) {
    EncodedText same = new EncodedText(new int[] {1}, 1, 0);
    return new ZeroCostLabeller(labels, text -> same);
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("zero-cost", "0".repeat(64), "none", "none", "none");
  }

  @Override
  public EncodedText encode(String text) {
    return encoder.apply(text);
  }

  @Override
  public List<Prediction> predict(List<EncodedText> texts) {
    return Collections.nCopies(texts.size(), prediction);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
