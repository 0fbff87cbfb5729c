package io.sentimentstreams.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxModelMetadata;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link OnnxFile} writes, as ONNX Runtime reads it. */
final class OnnxFileTest {
  private static final ModelBundle BUNDLE = TestBundles.random(TestBundles.CONV1D, Precision.F16);

  @TempDir Path folder = Path.of("unset");

  static Stream<NetworkSpec> networks() {
    return Stream.concat(
        InferenceBackendContractTest.networks(),
        Stream.of(
            NetworkSpec.biLstm(1, 1, Pooling.MAX_AND_MEAN),
            NetworkSpec.biLstm(3, 16, Pooling.MAX),
            NetworkSpec.conv1d(1, 1, 1, Pooling.MAX, 0),
            NetworkSpec.conv1d(3, 8, 2, Pooling.MAX, 1),
            NetworkSpec.conv1d(3, 8, 9, Pooling.MAX_AND_MEAN, 5)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void graph_paddedBatchOfMixedLengths_givesThePlainLoopsResults(NetworkSpec network)
      throws OrtException {
    ModelBundle bundle = TestBundles.random(network, Precision.F16);
    int[][] texts = InferenceBackendContractTest.texts(1, 1, 300, 2, 31, 7, 3, 32, 1, 33, 4, 17, 8);

    float[][] actual = run(bundle, padded(texts, 300));

    assertEqualReference(bundle, texts, actual);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void graph_anyAmountOfPadding_givesTheSame(NetworkSpec network) throws OrtException {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);
    int[][] texts = InferenceBackendContractTest.texts(2, 1, 5, 12);

    for (int time : new int[] {12, 13, 64}) {
      assertEqualReference(bundle, texts, run(bundle, padded(texts, time)));
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void graph_rowOfPaddingAlone_isThatOfOneTokenOfPadding(NetworkSpec network) throws OrtException {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);

    float[][] actual = run(bundle, new long[][] {{0, 0, 0, 0}, {4, 5, 6, 7}});

    assertEqualReference(bundle, new int[][] {{0}, {4, 5, 6, 7}}, actual);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void graph_paddingIdBeforeATextsEnd_isAToken(NetworkSpec network) throws OrtException {
    ModelBundle bundle = TestBundles.random(network, Precision.F32);

    float[][] actual = run(bundle, new long[][] {{0, 5, 0, 6, 0}});

    assertEqualReference(bundle, new int[][] {{0, 5, 0, 6}}, actual);
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
  void graph_ofAShippedModel_givesThePlainLoopsResults(String name) throws OrtException {
    ModelBundle bundle = ModelBundle.load(Path.of("models", name));
    Random random = new Random(5);
    int[][] texts =
        IntStream.of(1, 64, 2, 17, 5, 40, 9)
            .mapToObj(length -> random.ints(length, 1, bundle.vocabulary().size()).toArray())
            .toArray(int[][]::new);

    assertEqualReference(bundle, texts, run(bundle, padded(texts, 64)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void file_anyNetwork_declaresInputAndOutputOfAnySize(NetworkSpec network) throws OrtException {
    try (OrtSession session = session(TestBundles.random(network, Precision.F32))) {
      assertThat(session.getInputNames()).containsExactly("ids");
      assertThat(tensor(session.getInputInfo(), "ids").getShape()).containsExactly(-1, -1);
      assertThat(tensor(session.getInputInfo(), "ids").type).isEqualTo(OnnxJavaType.INT64);
      assertThat(session.getOutputNames()).containsExactly("probabilities");
      TensorInfo output = tensor(session.getOutputInfo(), "probabilities");
      assertThat(output.getShape()).containsExactly(-1, TestBundles.LABELS.size());
      assertThat(output.type).isEqualTo(OnnxJavaType.FLOAT);
    }
  }

  @Test
  void file_anyBundle_saysWhatItIs() throws OrtException {
    try (OrtSession session = session(BUNDLE)) {
      OnnxModelMetadata metadata = session.getMetadata();

      assertThat(metadata.getProducerName()).isEqualTo("sentiment-streams");
      assertThat(metadata.getGraphName()).isEqualTo("test");
      assertThat(metadata.getDescription()).contains("test", BUNDLE.version());
      assertThat(metadata.getGraphDescription()).contains("negative, neutral, positive");
      assertThat(metadata.getCustomMetadata())
          .containsOnly(
              Map.entry("sentiment-streams.name", "test"),
              Map.entry("sentiment-streams.version", BUNDLE.version()),
              Map.entry(
                  "sentiment-streams.network",
                  """
                  [{"embedding":{"size":6,"mask_zero":true,"trainable":true}},\
                  {"conv1d":{"filters":7,"width":5,"padding":"same","activation":"relu"}},\
                  {"global_max_average_pool":{}},{"dense":{"units":4,"activation":"relu"}},\
                  {"dense":{"activation":"softmax"}}]"""),
              Map.entry(
                  "sentiment-streams.labels",
                  """
                  ["negative","neutral","positive"]"""),
              Map.entry(
                  "sentiment-streams.text",
                  """
                  {"tokenizer":"social","vocabularySize":50,"minimumCount":1,"maximumTokens":1000,"truncation":"keep_tail",\
                  "padding":"none"}"""),
              Map.entry(
                  "sentiment-streams.vocabulary.sha256", BUNDLE.manifest().vocabulary().sha256()),
              Map.entry("sentiment-streams.ngrams.sha256", FileDigest.NONE.sha256()));
    }
  }

  @Test
  void write_newFile_makesItsFoldersAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("some").resolve("where").resolve("model.onnx");

    long bytes = OnnxFile.write(BUNDLE, file);

    assertThat(file).hasBinaryContent(OnnxFile.bytes(BUNDLE)).hasSize(bytes);
    try (Stream<Path> files = Files.list(folder.resolve("some").resolve("where"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void write_overAFileAndALeftover_replacesBoth() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "former");
    Path leftover = Files.write(folder.resolve(".model.onnx.new"), new byte[1 << 20]);

    OnnxFile.write(BUNDLE, file);

    assertThat(file).hasBinaryContent(OnnxFile.bytes(BUNDLE));
    assertThat(leftover).doesNotExist();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void write_throughALink_keepsTheLink() throws IOException {
    Path file = Files.writeString(folder.resolve("real.onnx"), "former");
    Path link = Files.createSymbolicLink(folder.resolve("link.onnx"), file);

    OnnxFile.write(BUNDLE, link);

    assertThat(link).isSymbolicLink();
    assertThat(file).hasBinaryContent(OnnxFile.bytes(BUNDLE));
  }

  @Test
  void write_thatFails_keepsTheFormerFileAndNamesTheNewOne() throws IOException {
    Path file = Files.writeString(folder.resolve("model.onnx"), "former");
    Files.createDirectories(folder.resolve(".model.onnx.new").resolve("not empty"));

    assertThatThrownBy(() -> OnnxFile.write(BUNDLE, file))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file + ": cannot be written: ");
    assertThat(file).hasContent("former");
  }

  @Test
  void write_belowAFile_saysThatItIsNoFolder() throws IOException {
    Path parent = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> OnnxFile.write(BUNDLE, parent.resolve("model.onnx")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith(parent + " is no folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights.safetensors", "model.onnx.txt", "model", "/"})
  void requireName_thatEndsOtherwise_isRefused(String name) {
    assertThatThrownBy(() -> OnnxFile.requireName(Path.of(name)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(name + ": is no name for an ONNX file; give one that ends in .onnx");
  }

  @Test
  void requireName_ofAFolder_isRefused() throws IOException {
    Path model = Files.createDirectory(folder.resolve("model.onnx"));

    assertThatThrownBy(() -> OnnxFile.requireName(model))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(model + ": is a folder; give a file's name");
  }

  @Test
  void requireSize_twoGibibytes_isRefusedWithTheRemedy() {
    OnnxFile.requireSize("large", Integer.MAX_VALUE - 8);

    assertThatThrownBy(() -> OnnxFile.requireSize("large", 1L << 31))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("model large: its ONNX file would have 2147483648 bytes")
        .hasMessageContaining("smaller vocabulary");
  }

  @Test
  void bytes_sameBundle_areTheSame() {
    ModelBundle again = TestBundles.random(TestBundles.CONV1D, Precision.F16);

    assertThat(OnnxFile.bytes(again)).isEqualTo(OnnxFile.bytes(BUNDLE));
  }

  private static long[][] padded(int[][] texts, int time) {
    long[][] ids = new long[texts.length][time]; // [batch, time]
    for (int row = 0; row < texts.length; row++) {
      for (int step = 0; step < texts[row].length; step++) {
        ids[row][step] = texts[row][step];
      }
    }
    return ids;
  }

  private static OrtSession session(ModelBundle bundle) {
    return OnnxRuntime.open(OnnxFile.bytes(bundle), Device.CPU, 1);
  }

  private static float[][] run(ModelBundle bundle, long[][] ids) throws OrtException {
    try (OrtSession session = session(bundle);
        OnnxTensor input = OnnxTensor.createTensor(OnnxRuntime.environment(), ids);
        OrtSession.Result result = session.run(Map.of("ids", input))) {
      return (float[][]) result.get(0).getValue();
    }
  }

  private static TensorInfo tensor(Map<String, NodeInfo> nodes, String name) {
    return (TensorInfo) requireNonNull(nodes.get(name)).getInfo();
  }

  private static void assertEqualReference(ModelBundle bundle, int[][] texts, float[][] actual) {
    NetworkSpec network = bundle.manifest().model().network();
    assertThat(actual).hasNumberOfRows(texts.length);
    for (int row = 0; row < texts.length; row++) {
      assertThat(doubles(actual[row]))
          .as("text %d %s", row, Arrays.toString(texts[row]))
          .containsExactly(
              ReferenceNetwork.probabilities(network, bundle.weights(), texts[row]), within(1e-5));
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void write_networkOfAnotherForm_isRefused(@TempDir Path folder) {
    NetworkSpec network =
        LayerReader.network(
            YamlNode.parse(
                "[{embedding: {size: 2}}, global_average_pool, {dense: {activation: softmax}}]"));
    ModelBundle bundle = TestBundles.random(network, Precision.F32);

    assertThatThrownBy(() -> OnnxFile.write(bundle, folder.resolve("model.onnx")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("network dense: only dl4j computes it; it is neither");
    assertThatThrownBy(() -> Backends.open(bundle, BackendKind.ONNX, Device.AUTO, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("backend onnx: does not cover this network (dense); use backend auto or dl4j");
    assertThatThrownBy(() -> Backends.open(bundle, BackendKind.COMPILED, Device.AUTO, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "backend compiled: does not cover this network (dense); use backend auto or dl4j");
    assertThat(folder).isEmptyDirectory();
  }
}
