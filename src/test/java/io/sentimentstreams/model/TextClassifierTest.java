package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.text.EncodedText;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TextClassifierTest {
  @TempDir Path folder = Path.of("unset");

  @Test
  void predict_textsOfASavedModel_areWhatTheNetworkComputes() {
    ModelBundle bundle = TestBundles.random(TestBundles.CONV1D, Precision.F16);
    bundle.save(folder.resolve("model"), "card");

    try (TextClassifier classifier =
        TextClassifier.open(folder.resolve("model"), BackendKind.AUTO, Device.AUTO, 1)) {
      List<EncodedText> texts =
          Stream.of("", "worda wordb wordc", "nothing known").map(classifier::encode).toList();
      List<Prediction> predictions = classifier.predict(texts);

      assertThat(predictions).hasSize(3);
      for (int i = 0; i < 3; i++) {
        double[] expected =
            ReferenceNetwork.probabilities(
                TestBundles.CONV1D, bundle.weights(), texts.get(i).ids());
        Prediction prediction = predictions.get(i);
        for (int label = 0; label < expected.length; label++) {
          assertThat((double) prediction.probabilities()[label])
              .isCloseTo(expected[label], within(1e-4));
          assertThat(prediction.score()).isGreaterThanOrEqualTo(prediction.probabilities()[label]);
        }
        assertThat(prediction.score()).isEqualTo(prediction.probabilities()[prediction.label()]);
      }
      assertThat(classifier.labels()).isEqualTo(TestBundles.LABELS);
      assertThat(classifier.name()).isEqualTo("test");
      assertThat(classifier.version()).isEqualTo(bundle.version());
    }
  }

  @Test
  void close_anyClassifier_closesItsBackend() {
    ModelBundle bundle = TestBundles.random(TestBundles.BILSTM, Precision.F32);
    InferenceBackend backend = Backends.open(bundle, BackendKind.DL4J, Device.AUTO, 1);

    TextClassifier.of(bundle, backend).close();

    assertThatThrownBy(() -> backend.probabilities(new int[][] {{1}}))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void of_probabilitiesWithATie_takesTheFirstLabel() {
    Prediction prediction = Prediction.of(new float[] {0.2f, 0.4f, 0.4f});

    assertThat(prediction.label()).isEqualTo(1);
    assertThat(prediction.score()).isEqualTo(0.4f);
  }
}
