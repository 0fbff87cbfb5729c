package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.Ngrams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CalibratedBackendTest {
  private static final int[][] TEXTS = {{2, 3, 4}, {5}, {3, 2}, {2, 3, 2, 3}};
  private static final Calibration CALIBRATION = new Calibration(2, List.of(0.5, 0.0, -0.5));

  /** The n-grams {@code [2, 3]} and {@code [5]}. */
  private static NgramScores ngrams() {
    String lines = token(2) + " " + token(3) + "\n" + token(5) + "\n";
    Ngrams ngrams =
        Ngrams.parse(
            Path.of("n"), lines.getBytes(StandardCharsets.UTF_8), TestBundles.vocabulary());
    return NgramScores.of(ngrams, 3, new float[] {1, -1, 0, 0, 0, 2});
  }

  private static String token(int id) {
    return TestBundles.vocabulary().token(id);
  }

  private static ModelBundle bundle(Calibration calibration, @Nullable NgramScores ngrams) {
    ModelSpec plain = TestBundles.spec(TestBundles.BILSTM);
    return ModelBundle.create(
        new ModelSpec(plain.name(), plain.network(), plain.labels(), plain.text(), calibration),
        TestBundles.vocabulary(),
        TestBundles.weights(TestBundles.BILSTM),
        ngrams,
        Precision.F16,
        TestBundles.provenance(),
        List.of());
  }

  private static float[][] probabilities(ModelBundle bundle, BackendKind kind) {
    try (InferenceBackend backend = Backends.open(bundle, kind, Device.AUTO, 1)) {
      return backend.probabilities(TEXTS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BackendKind.class,
      names = {"COMPILED", "DL4J", "ONNX"})
  void probabilities_calibratedWithNgrams_areTheFormulas(BackendKind kind) {
    float[][] network = probabilities(TestBundles.random(TestBundles.BILSTM, Precision.F16), kind);
    double[][] added = {{1, -1, 0}, {0, 0, 2}, {0, 0, 0}, {1, -1, 0}};

    float[][] actual = probabilities(bundle(CALIBRATION, ngrams()), kind);

    for (int text = 0; text < TEXTS.length; text++) {
      double[] powers = new double[3];
      double sum = 0;
      for (int label = 0; label < 3; label++) {
        double score = added[text][label] + CALIBRATION.bias().get(label);
        powers[label] = Math.sqrt(network[text][label]) * Math.exp(score);
        sum += powers[label];
      }
      for (int label = 0; label < 3; label++) {
        assertThat((double) actual[text][label]).isCloseTo(powers[label] / sum, within(1e-5));
      }
    }
  }

  @Test
  void exportedFile_calibratedWithNgrams_givesTheBackendsResults(@TempDir Path folder)
      throws OrtException {
    Path file = folder.resolve("m.onnx");
    ModelBundle bundle = bundle(CALIBRATION, ngrams());
    OnnxFile.write(bundle, file);
    long[][] ids = {{2, 3, 4, 0}, {5, 0, 0, 0}, {3, 2, 0, 0}, {2, 3, 2, 3}};
    long[][] ngrams = {{1, 0}, {2, 0}, {0, 0}, {1, 0}};

    try (OrtSession session =
            OnnxRuntime.environment()
                .createSession(file.toString(), new OrtSession.SessionOptions());
        OnnxTensor idTensor = OnnxTensor.createTensor(OnnxRuntime.environment(), ids);
        OnnxTensor ngramTensor = OnnxTensor.createTensor(OnnxRuntime.environment(), ngrams);
        OrtSession.Result result = session.run(Map.of("ids", idTensor, "ngrams", ngramTensor))) {
      float[][] actual = (float[][]) result.get(0).getValue();
      float[][] expected = probabilities(bundle, BackendKind.ONNX);
      for (int text = 0; text < TEXTS.length; text++) {
        assertThat(actual[text]).containsExactly(expected[text], within(1e-6f));
      }
    }
  }

  @Test
  void open_withoutCalibrationAndNgrams_isTheNetworkAlone() {
    try (InferenceBackend backend =
        Backends.open(bundle(Calibration.NONE, null), BackendKind.COMPILED, Device.AUTO, 1)) {
      assertThat(backend).isInstanceOf(CompiledBackend.class);
    }
  }

  @Test
  void memoryBytes_withNgrams_countsThem() {
    try (InferenceBackend plain =
            Backends.open(bundle(CALIBRATION, null), BackendKind.COMPILED, Device.AUTO, 1);
        InferenceBackend wide =
            Backends.open(bundle(CALIBRATION, ngrams()), BackendKind.COMPILED, Device.AUTO, 1)) {
      assertThat(wide.memoryBytes()).isGreaterThan(plain.memoryBytes());
    }
  }

  @Test
  void load_savedBundleWithNgrams_isTheSame(@TempDir Path folder) {
    ModelBundle bundle = bundle(CALIBRATION, ngrams());
    bundle.save(folder.resolve("m"), "card");

    ModelBundle loaded = ModelBundle.load(folder.resolve("m"));

    assertThat(loaded.manifest()).isEqualTo(bundle.manifest());
    assertThat(loaded.version()).isEqualTo(bundle.version());
    assertThat(loaded.weights()).isEqualTo(bundle.weights());
    assertThat(probabilities(loaded, BackendKind.COMPILED))
        .isDeepEqualTo(probabilities(bundle, BackendKind.COMPILED));
  }

  @Test
  void version_otherCalibrationOrNgrams_isAnother() {
    assertThat(
            List.of(
                bundle(Calibration.NONE, null).version(),
                bundle(CALIBRATION, null).version(),
                bundle(CALIBRATION, ngrams()).version(),
                bundle(CALIBRATION, ngrams().times(2)).version()))
        .doesNotHaveDuplicates();
  }

  @Test
  void load_otherNgramsFile_isRefused(@TempDir Path folder) throws IOException {
    Path model = folder.resolve("m");
    bundle(CALIBRATION, ngrams()).save(model, "card");
    Path file = model.resolve("ngrams.txt");
    Files.writeString(file, Files.readString(file).replace(token(5), token(6)));

    assertThatThrownBy(() -> ModelBundle.load(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": ");

    Files.delete(file);

    assertThatThrownBy(() -> ModelBundle.load(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(file + ": is missing");
  }

  @Test
  void create_calibrationOfOtherLabels_isRefused() {
    assertThatThrownBy(() -> bundle(new Calibration(1, List.of(1.0, 2.0)), null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bias holds 2 values, but there are 3 labels");
    assertThatThrownBy(() -> new Calibration(0, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("temperature is 0.0");
  }
}
