package io.sentimentstreams.train;

import io.sentimentstreams.corpus.LabelledText;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Finds out what texts are like, and what a model says of them. */
public final class References {
  private static final int CHUNK = 256;

  private References() {}

  /**
   * Labels texts.
   *
   * @param data which part of the model's data they are
   * @param progress told now and then how many are done
   */
  public static Reference of(
      String data, TextClassifier classifier, List<LabelledText> texts, IntConsumer progress) {
    List<EncodedText> encoded = new ArrayList<>(texts.size());
    List<Prediction> predictions = new ArrayList<>(texts.size());
    for (int from = 0; from < texts.size(); from += CHUNK) {
      List<EncodedText> chunk =
          texts.subList(from, Math.min(from + CHUNK, texts.size())).stream()
              .map(text -> classifier.encode(text.text()))
              .toList();
      encoded.addAll(chunk);
      predictions.addAll(classifier.predict(chunk));
      progress.accept(encoded.size());
    }
    return Reference.of(data, classifier.labels().size(), encoded, predictions);
  }
}
