package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.text.EncodedText;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ZeroCostLabellerTest {
  private final Labels labels = new Labels(List.of("no", "maybe", "yes"));

  @Test
  void prediction_ofAnything_isTheSameAndSumsToOne() {
    ZeroCostLabeller model = ZeroCostLabeller.blind(labels);

    List<Prediction> predictions =
        model.predict(List.of(model.encode("good"), model.encode("bad")));

    assertThat(predictions).hasSize(2);
    assertThat(predictions.get(0)).isSameAs(predictions.get(1));
    assertThat(predictions.get(0).probabilities()).containsOnly(1f / 3);
  }

  @Test
  void encoder_given_readsTheTexts() {
    ZeroCostLabeller model =
        new ZeroCostLabeller(
            labels, text -> new EncodedText(new int[text.length()], text.length(), 0));

    assertThat(model.encode("four").ids()).hasSize(4);
    assertThat(ZeroCostLabeller.blind(labels).encode("four").ids()).hasSize(1);
  }
}
