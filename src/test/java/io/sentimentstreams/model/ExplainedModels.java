package io.sentimentstreams.model;

import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.text.Ngrams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Small models with n-grams and calibration, and what explains their labels. */
final class ExplainedModels {
  private static final Calibration CALIBRATION = new Calibration(2, List.of(0.5, 0.0, -0.5));

  private ExplainedModels() {}

  static TextClassifier open(NetworkSpec network) {
    return TextClassifier.of(bundle(network), BackendKind.COMPILED, Device.CPU, 1);
  }

  /** With the n-grams {@code worda wordb} and {@code wordc}. */
  private static ModelBundle bundle(NetworkSpec network) {
    ModelSpec plain = TestBundles.spec(network);
    Ngrams ngrams =
        Ngrams.parse(
            Path.of("n"),
            "worda wordb\nwordc\n".getBytes(StandardCharsets.UTF_8),
            TestBundles.vocabulary());
    return ModelBundle.create(
        new ModelSpec(plain.name(), plain.network(), plain.labels(), plain.text(), CALIBRATION),
        TestBundles.vocabulary(),
        TestBundles.weights(network),
        NgramScores.of(ngrams, 3, new float[] {1, -1, 0, 0, 0, 2}),
        Precision.F16,
        TestBundles.provenance(),
        List.of());
  }

  static Explanation explain(TextClassifier model, String text) {
    EncodedText encoded = model.encode(text);
    Prediction prediction = model.predict(List.of(encoded)).get(0);
    return model.explainer().explain(text, encoded, prediction, model::predict);
  }
}
