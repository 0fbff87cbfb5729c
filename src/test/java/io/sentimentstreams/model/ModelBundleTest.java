package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.Vocabulary;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelBundleTest {
  private static final ModelBundle BUNDLE =
      TestBundles.random(TestBundles.BILSTM, Precision.F16)
          .withMeasures(List.of(TestBundles.measures()));

  /** Not every byte of a manifest, to be quick; a prime, so that no layout hides between. */
  private static final int STRIDE = 7;

  @TempDir Path parent = Path.of("unset");
  private Path folder = Path.of("unset");

  @BeforeEach
  void save() {
    folder = parent.resolve("model");
    BUNDLE.save(folder, "# Card\n");
  }

  static Stream<Arguments> forms() {
    return Stream.of(TestBundles.BILSTM, TestBundles.CONV1D)
        .flatMap(
            network ->
                Arrays.stream(Precision.values())
                    .map(precision -> Arguments.of(network, precision)));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void load_savedBundle_isTheSame(NetworkSpec network, Precision precision) {
    ModelBundle saved =
        TestBundles.random(network, precision).withMeasures(List.of(TestBundles.measures()));
    saved.save(folder, "card");

    ModelBundle loaded = ModelBundle.load(folder);

    assertThat(loaded.manifest()).isEqualTo(saved.manifest());
    assertThat(loaded.weights()).isEqualTo(saved.weights());
    assertThat(loaded.version()).isEqualTo(saved.version());
    assertThat(loaded.precision()).isEqualTo(precision);
    assertThat(loaded.name()).isEqualTo("test");
    assertThat(loaded.vocabulary().size()).isEqualTo(saved.vocabulary().size());
    for (int id = 0; id < loaded.vocabulary().size(); id++) {
      assertThat(loaded.vocabulary().token(id)).isEqualTo(saved.vocabulary().token(id));
    }
  }

  @Test
  void save_loadedBundle_writesTheSameBytes() throws IOException {
    Path copy = parent.resolve("copy");

    ModelBundle.load(folder).save(copy, "# Card\n");

    for (Path file : list(folder)) {
      assertThat(copy.resolve(file.getFileName())).hasSameBinaryContentAs(file);
    }
  }

  @Test
  void save_anyBundle_writesFourFilesAndAManifestThatPeopleRead() throws IOException {
    assertThat(list(folder).stream().map(file -> String.valueOf(file.getFileName())))
        .containsExactly("MODEL.md", "manifest.json", "vocabulary.txt", "weights.safetensors");
    assertThat(Files.readString(folder.resolve("MODEL.md"))).isEqualTo("# Card\n");
    assertThat(Files.readString(folder.resolve("manifest.json")))
        .startsWith("{\n  \"formatVersion\" : 3,\n  \"model\" : {\n    \"name\" : \"test\",\n")
        .contains("\"bidirectional\" : {")
        .contains("\"labels\" : [ \"negative\", \"neutral\", \"positive\" ]")
        .contains("\"tokenizer\" : \"social\"")
        .contains("\"truncation\" : \"keep_tail\"")
        .contains("\"created\" : \"2026-01-31T12:00:00.123456Z\"")
        .endsWith("}\n");
  }

  @Test
  void create_halfPrecision_roundsTheWeights() {
    Weights exact = TestBundles.weights(TestBundles.BILSTM);

    assertThat(BUNDLE.weights()).isEqualTo(exact.roundedTo(Precision.F16)).isNotEqualTo(exact);
  }

  @Test
  void create_weightsOfAnotherNetwork_areRefused() {
    assertThatThrownBy(
            () ->
                ModelBundle.create(
                    TestBundles.spec(TestBundles.BILSTM),
                    TestBundles.vocabulary(),
                    TestBundles.weights(TestBundles.CONV1D),
                    Precision.F32,
                    TestBundles.provenance(),
                    List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("model test: tensor lstm.forward.kernel: is missing");
  }

  @Test
  void load_bundleWithEpochs_hasThemAndTheirSeconds() {
    EpochReport first = new EpochReport(1, 0.9, 0.5, 0.8, 0.6, 0.5, 0.55, 1.5, true);
    EpochReport second = new EpochReport(2, 0.5, 0.75, 0.85, 0.65, 0.7, 0.6, 2, false);
    Path saved = folder.resolveSibling("epochs");
    BUNDLE.withEpochs(List.of(first, second)).save(saved, "card");

    ModelBundle loaded = ModelBundle.load(saved);

    assertThat(loaded.manifest().epochs()).containsExactly(first, second);
    assertThat(loaded.manifest().trainingSeconds()).isEqualTo(3.5);
    assertThat(loaded.version()).isEqualTo(BUNDLE.version());
  }

  @Test
  void load_manifestWithoutEpochs_hasNone() throws IOException {
    assertThat(Files.readString(folder.resolve("manifest.json"))).doesNotContain("epochs");

    assertThat(ModelBundle.load(folder).manifest().epochs()).isEmpty();
  }

  @Test
  void save_withReport_writesItAndReplacesItLater() {
    Path saved = folder.resolveSibling("report");
    BUNDLE.save(saved, "card", "<p>one</p>");
    assertThat(saved.resolve("report.html")).hasContent("<p>one</p>");

    BUNDLE.save(saved, "card");

    assertThat(saved.resolve("report.html")).doesNotExist();
    assertThat(ModelBundle.load(saved).version()).isEqualTo(BUNDLE.version());
  }

  // What makes a version

  @Test
  void version_otherNameMeasuresAndCard_isTheSame() {
    ModelSpec spec = BUNDLE.manifest().model();
    ModelBundle other =
        ModelBundle.create(
            new ModelSpec("other", spec.network(), spec.labels(), spec.text()),
            TestBundles.vocabulary(),
            TestBundles.weights(spec.network()),
            Precision.F16,
            TestBundles.provenance(),
            List.of());
    other.save(folder, "another card");

    assertThat(ModelBundle.load(folder).version()).isEqualTo(BUNDLE.version());
  }

  @Test
  void version_otherLabelsOrWeights_isAnother() {
    ModelSpec spec = BUNDLE.manifest().model();
    ModelSpec relabelled =
        new ModelSpec(
            "test", spec.network(), new Labels(List.of("positive", "neutral", "no")), spec.text());
    ModelBundle labels =
        ModelBundle.create(
            relabelled,
            TestBundles.vocabulary(),
            TestBundles.weights(spec.network()),
            Precision.F16,
            TestBundles.provenance(),
            List.of());
    ModelBundle weights = TestBundles.random(spec.network(), Precision.F32);

    assertThat(List.of(BUNDLE.version(), labels.version(), weights.version()))
        .doesNotHaveDuplicates()
        .allMatch(version -> version.matches("[0-9a-f]{64}"));
  }

  @Test
  void version_ofAFixedManifest_neverChanges() {
    FileDigest digest = new FileDigest(1, "ab".repeat(32));
    ModelManifest manifest =
        new ModelManifest(
            1,
            BUNDLE.manifest().model(),
            digest,
            digest,
            FileDigest.NONE,
            TestBundles.provenance(),
            List.of(),
            List.of());

    assertThat(ManifestFile.version(manifest))
        .isEqualTo("a9d8a7c252591d63e5584ae8f35383fd333ba6edbe5f29518a74d66001d543ae");
  }

  // Damage

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "vocabulary.txt", "weights.safetensors"})
  void load_missingFile_namesIt(String name) throws IOException {
    Files.delete(folder.resolve(name));

    assertRefused(folder.resolve(name) + ": is missing");
  }

  @Test
  void load_missingCard_works() throws IOException {
    Files.delete(folder.resolve("MODEL.md"));

    assertThat(ModelBundle.load(folder).version()).isEqualTo(BUNDLE.version());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocabulary.txt", "weights.safetensors"})
  void load_truncatedFile_namesItAndBothSizes(String name) throws IOException {
    change(name, bytes -> Arrays.copyOf(bytes, bytes.length - 1));
    long size = Files.size(folder.resolve(name));

    assertRefused(name + ": has %d bytes, but the manifest says %d".formatted(size, size + 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"vocabulary.txt", "weights.safetensors"})
  void load_flippedBit_namesTheFile(String name) throws IOException {
    change(name, bytes -> flipped(bytes, bytes.length / 2));

    assertRefused(name + ": SHA-256 is ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"manifest.json", "vocabulary.txt", "weights.safetensors"})
  void load_folderInPlaceOfAFile_isRefused(String name) throws IOException {
    Files.delete(folder.resolve(name));
    Files.createDirectory(folder.resolve(name));

    assertRefused(name + ": is not a regular file");
  }

  @Test
  void load_hugeManifest_isRefused() throws IOException {
    change("manifest.json", bytes -> Arrays.copyOf(bytes, (1 << 20) + 1));

    assertRefused("manifest.json: is larger than 1048576 bytes");
  }

  @Test
  void load_manifestCutAnywhere_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("manifest.json"));
    for (int length = 0; length < whole.length - 2; length += STRIDE) {
      Files.write(folder.resolve("manifest.json"), Arrays.copyOf(whole, length));

      assertRefused("manifest.json: ");
    }
  }

  @Test
  void load_bitFlippedAnywhereInTheManifest_worksOrIsRefusedInOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("manifest.json"));
    for (int at = 0; at < whole.length; at += STRIDE) {
      Files.write(folder.resolve("manifest.json"), flipped(whole, at));
      try {
        assertThat(ModelBundle.load(folder).name()).isNotEmpty();
      } catch (InvalidInputException e) {
        assertThat(e.getMessage()).startsWith(folder.toString()).doesNotContain("\n");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"formatVersion\" : 3 | \"formatVersion\" : 4 | formatVersion is 4, but",
        "\"formatVersion\" : 3 | \"formatVersion\" : \"3\" | formatVersion is missing",
        "\"name\" : \"test\" | \"name\" : \"../test\" | model: name is \"../test\"",
        "\"name\" : \"test\" | \"name\" : null | /model/name",
        "\"name\" : \"test\" | \"nome\" : \"test\" | /model/name",
        "\"name\" : \"test\" | \"name\" : \"test\", \"name\" : \"test\" | Duplicate field",
        "\"lstm\" : { | \"java.util.ArrayList\" : { | layer 2 (bidirectional): java.util.ArrayList is no field",
        "\"units\" : 5 | \"u\\u001b\\nits\" : 5 | lstm: u\ufffd\ufffdits is no field",
        "\"units\" : 5 | \"units\" : 0 | layer 2 (bidirectional), lstm: units is 0",
        "\"units\" : 5 | \"units\" : 1073741824 | lstm: units is 1073741824",
        "\"units\" : 5 | \"units\" : 5.5 | lstm: units is 5.5, but must be a whole number",
        "\"units\" : 5 | \"units\" : \"5\" | lstm: units is \"5\", but must be a whole number",
        "\"neutral\", | null, | /model/labels",
        "\"neutral\", | \" \", | labels: a name is empty",
        "\"maximumTokens\" : 1000 | \"maximumTokens\" : 16385 | maximumTokens is 16385",
        "\"vocabularySize\" : 50 | \"vocabularySize\" : 16777217 | vocabularySize is 16777217",
        "\"tokenizer\" : \"social\" | \"tokenizer\" : \"other\" | /model/text/tokenizer",
        "\"tokenizer\" : \"social\" | \"tokenizer\" : 0 | /model/text/tokenizer",
        "2026-01-31T12:00:00.123456Z | yesterday | /provenance/created",
        "\"accuracy\" : 0.7 | \"accuracy\" : 1.1 | measures: accuracy is 1.1",
        "\"accuracy\" : 0.7 | \"accuracy\" : \"NaN\" | accuracy",
        "[ 4, 0, 0 ] | [ 4, 0 ] | confusion",
        "[ 4, 0, 0 ] | [ 4, 0, null ] | /measures",
      })
  void load_wrongValueInTheManifest_namesIt(String right, String wrong, String message)
      throws IOException {
    Path file = folder.resolve("manifest.json");
    String json = Files.readString(file);
    assertThat(json).contains(right);
    Files.writeString(file, json.replace(right, wrong));

    assertRefused("manifest.json: ");
    assertRefused(message);
  }

  @Test
  void load_unknownFieldInTheManifest_isPassedOver() throws IOException {
    Path file = folder.resolve("manifest.json");
    String json = Files.readString(file);
    Files.writeString(file, json.replace("\"model\" : {", "\"new\" : {}, \"model\" : {\"x\":[],"));

    assertThat(ModelBundle.load(folder).version()).isEqualTo(BUNDLE.version());
  }

  // Files that are intact but not this model's

  @Test
  void load_superfluousTensor_namesIt() throws IOException {
    List<Tensor> tensors = new ArrayList<>(BUNDLE.weights().tensors());
    tensors.add(new Tensor("extra", new int[] {1}, new float[1]));
    replaceWeights(Weights.of(tensors));

    assertRefused("weights.safetensors: tensor extra: the network has none of that name");
  }

  @Test
  void load_missingTensor_namesIt() throws IOException {
    List<Tensor> tensors = new ArrayList<>(BUNDLE.weights().tensors());
    tensors.remove(tensors.size() - 1);
    replaceWeights(Weights.of(tensors));

    assertRefused("weights.safetensors: tensor output.bias: is missing");
  }

  @Test
  void load_tensorOfAnotherShape_namesItAndBothShapes() throws IOException {
    List<Tensor> tensors = new ArrayList<>(BUNDLE.weights().tensors());
    tensors.set(tensors.size() - 1, new Tensor("output.bias", new int[] {4}, new float[4]));
    replaceWeights(Weights.of(tensors));

    assertRefused("weights.safetensors: tensor output.bias: shape is [4], but");
    assertRefused("need [3]");
  }

  @Test
  void load_notANumberAmongTheWeights_namesTheTensor() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("weights.safetensors"));
    bytes[bytes.length - 1] = 0x7e;
    Files.write(folder.resolve("weights.safetensors"), bytes);
    trustFiles();

    assertRefused("weights.safetensors: tensor output.bias: value 2 is NaN");
  }

  @Test
  void load_vocabularyOfAnotherSize_isRefused() throws IOException {
    Vocabulary.build(TestBundles.TEXT, List.of("one word more than that"))
        .write(folder.resolve("vocabulary.txt"));
    trustFiles();

    assertRefused("tensor embedding.weight: shape is [50, 6], but");
  }

  @Test
  void load_missingFolder_saysSo() {
    Path missing = parent.resolve("none");

    assertThatThrownBy(() -> ModelBundle.load(missing))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("model %s: does not exist".formatted(missing));
  }

  private void assertRefused(String message) {
    assertThatThrownBy(() -> ModelBundle.load(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private void replaceWeights(Weights weights) throws IOException {
    Safetensors.write(folder.resolve("weights.safetensors"), weights, Precision.F16, Map.of());
    trustFiles();
  }

  /** Makes the manifest say what the files are, as somebody would who forges a bundle. */
  private void trustFiles() throws IOException {
    ModelManifest old = BUNDLE.manifest();
    ModelManifest manifest =
        new ModelManifest(
            old.formatVersion(),
            old.model(),
            digest("vocabulary.txt"),
            digest("weights.safetensors"),
            old.ngrams(),
            old.provenance(),
            old.measures(),
            old.epochs());
    Files.write(folder.resolve("manifest.json"), ManifestFile.bytes(manifest));
  }

  private FileDigest digest(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.resolve(name))) {
      return BundleFiles.digest(channel);
    }
  }

  private void change(String name, UnaryOperator<byte[]> change) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, change.apply(Files.readAllBytes(file)));
  }

  private static byte[] flipped(byte[] bytes, int at) {
    byte[] changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
