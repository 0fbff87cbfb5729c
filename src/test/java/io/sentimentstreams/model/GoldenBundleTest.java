package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.EncodedText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles of format version 1 keep their meaning. */
final class GoldenBundleTest {

  static Stream<String> names() {
    return GoldenBundles.NAMES.stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void predict_goldenBundle_givesTheResultsOfItsDay(String name) throws IOException {
    GoldenBundles.Answers answers =
        Json.STRICT.readValue(
            Files.readAllBytes(GoldenBundles.answers(name)), GoldenBundles.Answers.class);
    try (TextClassifier classifier =
        TextClassifier.open(GoldenBundles.folder(name), BackendKind.AUTO, Device.AUTO, 1)) {
      assertThat(classifier.version()).isEqualTo(answers.version());
      List<EncodedText> texts =
          answers.expected().stream().map(row -> classifier.encode(row.text())).toList();
      List<Prediction> predictions = classifier.predict(texts);

      assertThat(predictions).hasSameSizeAs(answers.expected()).isNotEmpty();
      for (int row = 0; row < predictions.size(); row++) {
        GoldenBundles.Expected expected = answers.expected().get(row);
        assertThat(texts.get(row).ids()).as(expected.text()).containsExactly(ids(expected));
        for (int label = 0; label < expected.probabilities().size(); label++) {
          assertThat((double) predictions.get(row).probabilities()[label])
              .as("%s: label %d", expected.text(), label)
              .isCloseTo(expected.probabilities().get(label), within(1e-5));
        }
      }
    }
  }

  private static int[] ids(GoldenBundles.Expected expected) {
    return expected.ids().stream().mapToInt(Integer::intValue).toArray();
  }

  @ParameterizedTest
  @MethodSource("names")
  void load_goldenBundle_hasItsManifest(String name) {
    ModelManifest manifest = ModelBundle.load(GoldenBundles.folder(name)).manifest();

    assertThat(manifest.model().name()).isEqualTo(name);
    assertThat(manifest.model().labels()).isEqualTo(TestBundles.LABELS);
    assertThat(manifest.provenance()).isEqualTo(TestBundles.provenance());
    assertThat(manifest.measures()).containsExactly(TestBundles.measures());
  }

  @ParameterizedTest
  @MethodSource("names")
  void bytes_ofAGoldenManifest_areItsOwn(String name) throws IOException {
    Path file = GoldenBundles.folder(name).resolve(ManifestFile.NAME);

    assertThat(ManifestFile.bytes(ManifestFile.read(file))).isEqualTo(Files.readAllBytes(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"type\" : \"bilstm\" | \"type\" : \"java.util.ArrayList\" | /model/network",
        "\"units\" : 3 | \"units\" : 0 | units is 0",
        "\"units\" : 3 | \"units\" : 3.5 | /model/network/units",
      })
  void read_wrongNetworkInFormat1_namesIt(
      String right, String wrong, String message, @TempDir Path folder) throws IOException {
    String json = Files.readString(GoldenBundles.folder("bilstm-f16").resolve(ManifestFile.NAME));
    assertThat(json).contains(right);
    Path file = folder.resolve(ManifestFile.NAME);
    Files.writeString(file, json.replace(right, wrong));

    assertThatThrownBy(() -> ManifestFile.read(file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }
}
