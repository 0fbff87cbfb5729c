package io.sentimentstreams.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.EncodedText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReferenceTest {
  @Test
  void bins_ofMeasures_includeTheirBounds() {
    Histogram bins = Histogram.of(List.of(0.0, 0.5), new double[] {0, 0.1, 0.5, 0.6, 7});

    assertThat(bins.texts()).containsExactly(1L, 2L, 2L);
    assertThat(bins.total()).isEqualTo(5);
  }

  @Test
  void bounds_thatDoNotFit_areRefused() {
    assertThatThrownBy(() -> new Histogram(List.of(1.0), List.of(1L)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 bounds need 2 numbers");
    assertThatThrownBy(() -> new Histogram(List.of(1.0, 1.0), List.of(1L, 1L, 1L)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ascend");
  }

  @Test
  void reference_inAManifest_isReadBackAndLeavesTheVersion() {
    ModelManifest manifest =
        ModelBundle.load(Path.of("models", "tweets-bilstm"))
            .manifest()
            .withReference(Reference.NONE);
    Reference reference =
        Reference.of(
            "validation",
            3,
            Collections.nCopies(4, new EncodedText(new int[] {1, 2}, 2, 1)),
            Collections.nCopies(4, Prediction.of(new float[] {0.2f, 0.1f, 0.7f})));
    ModelManifest told = manifest.withReference(reference);
    Path file = Path.of(ManifestFile.NAME);

    assertThat(ManifestFile.parse(file, ManifestFile.bytes(told))).isEqualTo(told);
    assertThat(ManifestFile.parse(file, ManifestFile.bytes(manifest))).isEqualTo(manifest);
    assertThat(new String(ManifestFile.bytes(manifest), UTF_8)).doesNotContain("reference");
    assertThat(ManifestFile.version(told)).isEqualTo(ManifestFile.version(manifest));
    assertThat(reference.label().texts()).containsExactly(0L, 0L, 4L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tweets-bilstm",
        "tweets-conv1d",
        "tweets-general",
        "reviews-bilstm",
        "reviews-conv1d"
      })
  void shippedModel_hasAReferenceOfItsValidationTexts(String model) {
    ModelManifest manifest = ModelBundle.load(Path.of("models", model)).manifest();
    long texts = manifest.provenance().data().split().validationRows();
    Reference reference = manifest.reference();

    assertThat(reference.data()).isEqualTo("validation");
    assertThat(
            List.of(reference.unknown(), reference.length(), reference.score(), reference.label()))
        .allMatch(histogram -> histogram.total() == texts);
    assertThat(reference.label().texts()).hasSize(manifest.model().labels().size());
  }
}
