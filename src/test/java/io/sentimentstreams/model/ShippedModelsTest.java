package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of {@code models/} on every backend of the CPU. */
final class ShippedModelsTest {
  private static final int TEXTS = 40;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tweets-bilstm",
        "tweets-conv1d",
        "tweets-general",
        "reviews-bilstm",
        "reviews-conv1d"
      })
  void probabilities_onAllBackends_agree(String model) {
    ModelBundle bundle = ModelBundle.load(Path.of("models", model));
    int[][] texts = texts(bundle);

    float[][] reference = compute(bundle, BackendKind.DL4J, texts);

    for (BackendKind kind : new BackendKind[] {BackendKind.COMPILED, BackendKind.ONNX}) {
      float[][] actual = compute(bundle, kind, texts);
      for (int row = 0; row < texts.length; row++) {
        assertThat(actual[row])
            .as("%s, text %d", kind, row)
            .containsExactly(reference[row], within(1e-4f));
      }
    }
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
  void manifest_written_isTheShippedFile(String model) throws IOException {
    Path file = Path.of("models", model, ManifestFile.NAME);

    assertThat(ManifestFile.read(file).formatVersion()).isEqualTo(ModelManifest.FORMAT_VERSION);
    assertThat(ManifestFile.bytes(ManifestFile.read(file))).isEqualTo(Files.readAllBytes(file));
  }

  private static float[][] compute(ModelBundle bundle, BackendKind kind, int[][] texts) {
    try (InferenceBackend backend = Backends.open(bundle, kind, Device.CPU, 1)) {
      assertThat(backend.name()).isEqualTo(kind.code());
      return backend.probabilities(texts);
    }
  }

  /** Random words, 1 to 300 of them; frequent ones are as likely as rare ones. */
  private static int[][] texts(ModelBundle bundle) {
    Random random = new Random(5);
    return IntStream.range(0, TEXTS)
        .mapToObj(i -> random.ints(1 + i * 7, 1, bundle.vocabulary().size()).toArray())
        .toArray(int[][]::new);
  }
}
