package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.model.Measures;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.model.TextClassifier;
import io.sentimentstreams.text.EncodedText;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that need no broker, with a model trained by the first of them. */
final class CommandsIT {
  private static final JsonMapper JSON = new JsonMapper();

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path folder;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path data;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Path model;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static TestShell training;

  private final TestShell shell = new TestShell();

  @BeforeAll
  static void trainOnce() throws IOException {
    data = TinyModel.data(folder);
    model = folder.resolve("models").resolve("tiny");
    training = TinyModel.train(data, model);
  }

  @Test
  void train_generatedTexts_saysHowWellAndWritesABundle() {
    assertThat(training.err()).contains("600 texts", "epoch 1: training loss");
    assertThat(training.out())
        .contains("validation: ", "test: ", "accuracy", "precision", "true \\ labelled");
    assertThat(model)
        .isDirectoryContaining("glob:**/{manifest.json}")
        .isDirectoryContaining("glob:**/{MODEL.md}")
        .isDirectoryContaining("glob:**/{report.html}");
    ModelBundle bundle = ModelBundle.load(model);
    assertThat(bundle.name()).isEqualTo("tiny");
    assertThat(bundle.manifest().measures())
        .extracting(Measures::data)
        .containsExactly(
            "validation", "test", "validation, linear baseline", "test, linear baseline");
    assertThat(training.out())
        .contains("validation: the network does not beat a linear model of n-grams: accuracy");
    assertThat(bundle.manifest().measures())
        .allSatisfy(measures -> assertThat(measures.accuracy()).isGreaterThan(0.9));
    assertThat(bundle.manifest().provenance().commandLine())
        .startsWith("sentiment train --data=")
        .contains("--epochs=4");
  }

  @Test
  void train_underANameThatNoModelCanHave_isRefusedBeforeItReadsTheData() {
    int status =
        shell.run(
            "train",
            "--data=missing.csv",
            "--preset=tweets-conv1d",
            "--out=" + folder + "/my model");

    assertThat(status).isEqualTo(2);
    assertThat(shell.err()).startsWith("sentiment: model: name is \"my model\"").hasLineCount(1);
  }

  @Test
  void train_validationByGroups_isOfThoseAndReportedAgain() throws IOException {
    StringBuilder csv = new StringBuilder("text,label,year\n");
    for (int i = 0; i < 300; i++) {
      csv.append(TinyModel.text(i)).append(',').append(TinyModel.label(i));
      csv.append(',').append(2013 + i / 100).append('\n');
    }
    Path years = Files.writeString(folder.resolve("years.csv"), csv);
    Path out = folder.resolve("years");

    int status =
        shell.run(
            "train",
            "--data=" + years,
            "--group-column=year",
            "--validation-groups=2015",
            "--preset=tweets-conv1d",
            "--epochs=1",
            "--no-baseline",
            "--out=" + out);

    assertThat(status).as(shell.err()).isZero();
    assertThat(shell.out()).contains("validation: 100 texts, ", "expected calibration error 0.");
    assertThat(ModelBundle.load(out).manifest().provenance().settings())
        .containsEntry("validationGroups", "2015");
    TestShell report = new TestShell();
    status = report.run("report", out.toString(), "--data=" + years, "--group-column=year");
    assertThat(status).as(report.err()).isZero();
    assertThat(Files.readString(out.resolve("report.html")))
        .contains("The best epoch was chosen on these texts and the scores");
  }

  @Test
  void train_testGroupsAlone_isOneLine() {
    int status =
        shell.run(
            "train",
            "--data=" + data,
            "--test-groups=a",
            "--preset=tweets-conv1d",
            "--out=" + folder.resolve("none"));

    assertThat(status).isEqualTo(2);
    assertThat(shell.err().lines().filter(line -> line.contains("--validation-groups"))).hasSize(1);
  }

  @Test
  void train_sameSeed_givesTheSameModel() {
    Path again = folder.resolve("again");
    TinyModel.train(data, again, "--name=tiny");
    Path other = folder.resolve("other");
    TinyModel.train(data, other, "--name=tiny", "--seed=2");

    String version = ModelBundle.load(model).version();
    assertThat(ModelBundle.load(again).version()).isEqualTo(version);
    assertThat(ModelBundle.load(other).version()).isNotEqualTo(version);
  }

  @Test
  void train_stopped_keepsTheBestSoFar() throws Exception {
    Path out = folder.resolve("stopped");
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    "train",
                    "--data=" + data,
                    "--preset=tweets-conv1d",
                    "--epochs=100000",
                    "--patience=100000",
                    "--out=" + out));
    Awaitility.await()
        .atMost(2, TimeUnit.MINUTES)
        .until(() -> shell.err().contains("epoch 2: ") || status.isDone());

    assertThat(shell.interrupt()).isTrue();

    assertThat(status.get(2, TimeUnit.MINUTES)).isZero();
    assertThat(shell.err()).contains("Stopping: the best so far is kept", "Stopped: the weights");
    assertThat(ModelBundle.load(out).manifest().measures()).isNotEmpty();
  }

  @Test
  void train_onATerminal_drawsABarWithLossAndTime() {
    shell.withTerminal();

    int status =
        shell.run(
            "train",
            "--data=" + data,
            "--preset=tweets-conv1d",
            "--epochs=2",
            "--out=" + folder.resolve("terminal"));

    assertThat(status).isZero();
    assertThat(shell.err()).contains("\r\033[2K").containsPattern("training .*\\d+%.*\\d+:\\d+");
    assertThat(shell.err().lines().filter(line -> line.contains("epoch 1: "))).hasSize(1);
  }

  @Test
  void evaluate_json_hasAllMeasures() throws IOException {
    assertThat(shell.run("evaluate", "--model=" + model, "--data=" + data, "--json")).isZero();

    assertThat(shell.out().lines()).hasSize(1);
    JsonNode measures = JSON.readTree(shell.out());
    assertThat(measures.path("rows").asInt()).isEqualTo(600);
    for (String name : List.of("accuracy", "macroPrecision", "macroRecall", "macroF1")) {
      assertThat(measures.path(name).asDouble()).as(name).isBetween(0.9, 1.0);
    }
    assertThat(measures.path("perClass"))
        .extracting(label -> label.path("label").asText())
        .containsExactlyElementsOf(TinyModel.LABELS);
    assertThat(measures.path("confusion")).hasSize(3).allMatch(row -> row.size() == 3);
  }

  @Test
  void evaluate_table_isReadable() {
    assertThat(shell.run("evaluate", "--model=" + model, "--data=" + data)).isZero();

    assertThat(shell.out()).contains("tiny.csv: 600 texts, accuracy", "macro mean", "neutral");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void evaluate_labelThatTheModelDoesNotKnow_isOneLine() throws IOException {
    Path strange = Files.writeString(folder.resolve("strange.csv"), "text,label\nhello,angry\n");

    assertThat(shell.run("evaluate", "--model=" + model, "--data=" + strange)).isEqualTo(2);

    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).contains("angry", "negative, neutral, positive");
  }

  @Test
  void evaluate_columnThatIsNotThere_isOneLine() {
    int status = shell.run("evaluate", "--model=" + model, "--data=" + data, "--text-column=tweet");

    assertThat(status).isEqualTo(2);
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).contains("tweet", "text, label");
  }

  @Test
  void report_onTheTrainingData_isThatOfTheTraining() throws IOException {
    Path file = folder.resolve("pages").resolve("tiny.html");

    int status = shell.run("report", model.toString(), "--data=" + data, "--out=" + file);

    assertThat(status).as(shell.err()).isZero();
    assertThat(shell.out()).isEqualTo("The report is in " + file + ".\n");
    assertThat(file).hasSameTextualContentAs(model.resolve("report.html"));
    assertThat(Jsoup.parse(Files.readString(file)).select("header .note").text())
        .startsWith("Measured on 60 texts: test.");
  }

  @Test
  void report_onOtherTexts_judgesThemAll() throws IOException {
    Path other = Files.writeString(folder.resolve("other.csv"), "text,label\na great,positive\n");
    Path file = folder.resolve("other.html");

    int status = shell.run("report", model.toString(), "--data=" + other, "--out=" + file);

    assertThat(status).as(shell.err()).isZero();
    assertThat(Jsoup.parse(Files.readString(file)).select("header .note").text())
        .startsWith("Measured on 1 text: other.csv.");
  }

  @Test
  void compare_models_showsThemInATableAndOnAPage() throws IOException {
    Path page = folder.resolve("compared.html");

    int status = shell.run("compare", model.toString(), "models/tweets-conv1d", "--html=" + page);

    assertThat(status).as(shell.err()).isZero();
    assertThat(shell.out())
        .contains("macro F1", "A: validation of tiny.csv, 60 texts", "B: test of tiny.csv")
        .containsPattern("tiny +A +60 .* 4 +[0-9.]+ s +conv1d")
        .containsPattern("tweets-conv1d +C ");
    assertThat(Jsoup.parse(Files.readString(page)).select("#sizes tbody th").eachText())
        .containsExactly("tiny", "tweets-conv1d");
  }

  @Test
  void compare_json_isOneObject() throws IOException {
    assertThat(shell.run("compare", model.toString(), "--json")).isZero();

    assertThat(shell.out()).hasLineCount(1);
    JsonNode compared = JSON.readTree(shell.out()).path("models").get(0);
    assertThat(compared.path("trainingSeconds").asDouble()).isPositive();
    assertThat(compared.path("results").get(1).path("linearAccuracy").asDouble()).isPositive();
  }

  @Test
  void compare_folderThatIsNoModel_isOneLine() {
    assertThat(shell.run("compare", model.toString(), "nothing")).isEqualTo(2);

    assertThat(shell.err()).contains("nothing: does not exist").hasLineCount(1);
  }

  @Test
  void report_withoutTexts_isOneLine() {
    int status =
        shell.run(
            "report", model.toString(), "--data=" + data, "--report-texts=-1", "--out=x.html");

    assertThat(status).isEqualTo(2);
    assertThat(shell.err()).contains("--report-texts is -1").hasLineCount(1);
  }

  @Test
  void report_toAFileThatIsNoPage_isOneLine() {
    int status = shell.run("report", model.toString(), "--data=" + data, "--out=" + data);

    assertThat(status).isEqualTo(2);
    assertThat(shell.err()).contains("tiny.csv: is no name for a page").hasLineCount(1);
  }

  @Test
  void model_ofTheProject_isFoundFromAnyFolder() {
    shell.withHome(folder).withInput("great happy\n");

    assertThat(shell.run("score", "--model=models/tiny")).as(shell.err()).isZero();
  }

  @Test
  void export_model_isWhatOnnxRuntimeComputesTheSameWith() throws OrtException {
    Path file = folder.resolve("exported").resolve("tiny.onnx");

    assertThat(shell.run("export", "--model=" + model, "--out=" + file)).as(shell.err()).isZero();

    assertThat(shell.out().lines()).hasSize(1);
    assertThat(shell.out()).startsWith(file + ": tiny, labels negative, neutral, positive, ");
    assertThat(shell.err()).isEmpty();
    try (TextClassifier classifier = TextClassifier.open(model, BackendKind.AUTO, Device.CPU, 1);
        OrtSession session = quietEnvironment().createSession(file.toString())) {
      EncodedText text = classifier.encode(TinyModel.text(7));
      float[] expected = classifier.predict(List.of(text)).get(0).probabilities();
      assertThat(run(session, text.ids(), ngrams(classifier, text.ids())))
          .containsExactly(expected, within(1e-5f));
    }
  }

  /** The process's one environment, which complains where it is asked for in another way. */
  private static OrtEnvironment quietEnvironment() {
    return OrtEnvironment.getEnvironment(
        OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, OrtEnvironment.DEFAULT_NAME);
  }

  /** A text's n-grams by their lines in ngrams.txt. */
  private static long[] ngrams(TextClassifier classifier, int[] ids) {
    int[] numbers = classifier.bundle().ngrams().orElseThrow().ngrams().of(ids);
    return Arrays.stream(numbers).mapToLong(number -> number + 1).toArray();
  }

  /** The probabilities of one text, padded. */
  private static float[] run(OrtSession session, int[] ids, long[] ngrams) throws OrtException {
    long[][] padded = new long[1][ids.length + 3];
    for (int i = 0; i < ids.length; i++) {
      padded[0][i] = ids[i];
    }
    long[][] found = {Arrays.copyOf(ngrams, ngrams.length + 2)};
    try (OnnxTensor input = OnnxTensor.createTensor(quietEnvironment(), padded);
        OnnxTensor more = OnnxTensor.createTensor(quietEnvironment(), found);
        OrtSession.Result result = session.run(Map.of("ids", input, "ngrams", more))) {
      return ((float[][]) result.get(0).getValue())[0];
    }
  }

  @Test
  void score_byOnnxRuntime_equalsTheDefault() throws IOException {
    shell.withInput(lines(20));
    TestShell onnx = new TestShell().withInput(lines(20));

    assertThat(shell.run("score", "--model=" + model)).isZero();
    assertThat(onnx.run("score", "--model=" + model, "--backend=onnx")).as(onnx.err()).isZero();

    assertThat(onnx.err()).isEmpty();
    List<String> expected = shell.out().lines().toList();
    List<String> actual = onnx.out().lines().toList();
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(JSON.readTree(actual.get(i)).path("score").asDouble())
          .isCloseTo(JSON.readTree(expected.get(i)).path("score").asDouble(), within(1e-4));
    }
  }

  @Test
  void score_manyLines_keepsOrderAndAnswersEach() throws IOException {
    shell.withInput(lines(1000));

    assertThat(shell.run("score", "--model=" + model, "--batch-size=64")).isZero();

    List<String> results = shell.out().lines().toList();
    assertThat(results).hasSize(1000);
    int right = 0;
    for (int i = 0; i < results.size(); i++) {
      JsonNode result = JSON.readTree(results.get(i));
      right += result.path("label").asText().equals(TinyModel.label(i)) ? 1 : 0;
      assertThat(result.path("probabilities").size()).isEqualTo(3);
    }
    assertThat(right).isGreaterThan(900);
  }

  @Test
  void score_anyBatchSize_givesTheSame() throws IOException {
    shell.withInput(lines(50));
    TestShell single = new TestShell().withInput(lines(50));

    assertThat(shell.run("score", "--model=" + model)).isZero();
    assertThat(single.run("score", "--model=" + model, "--batch-size=1")).isZero();

    List<String> batched = shell.out().lines().toList();
    List<String> alone = single.out().lines().toList();
    for (int i = 0; i < batched.size(); i++) {
      assertThat(JSON.readTree(batched.get(i)).path("score").asDouble())
          .isCloseTo(JSON.readTree(alone.get(i)).path("score").asDouble(), within(1e-5));
    }
  }

  @Test
  void score_linesThatAreNoText_haveTheirAnswerToo() throws IOException {
    byte[] latin = "caf\u00e9\n".getBytes(ISO_8859_1);
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes("\n  \r\n".getBytes(UTF_8));
    input.writeBytes(latin);
    input.writeBytes("great \ud83d\ude00\u2028happy".getBytes(UTF_8));
    shell.withInput(new ByteArrayInputStream(input.toByteArray()));

    assertThat(shell.run("score", "--model=" + model, "--include-text", "-")).isZero();

    List<String> results = shell.out().lines().toList();
    assertThat(results).hasSize(4);
    assertThat(results.get(0))
        .isEqualTo(
            """
            {"label":null,"reason":"empty-text","detail":"the text is empty"}""");
    assertThat(results.get(1)).startsWith("{\"label\":null,\"reason\":\"empty-text\"");
    assertThat(results.get(2)).startsWith("{\"label\":null,\"reason\":\"invalid-utf8\"");
    assertThat(JSON.readTree(results.get(3)).path("text").asText())
        .isEqualTo("great \ud83d\ude00\u2028happy");
  }

  @Test
  void score_explained_namesTheWordsWithTheirPlaces() throws IOException {
    String text = "\ud83d\ude00 the worst, today";
    shell.withInput(new ByteArrayInputStream((text + "\n\n").getBytes(UTF_8)));

    assertThat(shell.run("score", "--model=" + model, "--explain")).isZero();

    List<String> results = shell.out().lines().toList();
    JsonNode explained = JSON.readTree(results.get(0));
    assertThat(explained.path("method").asText()).isEqualTo("exact");
    double sum = explained.path("rest").asDouble();
    List<String> words = new ArrayList<>();
    for (JsonNode token : explained.path("tokens")) {
      words.add(token.path("text").asText());
      sum += token.path("contribution").asDouble();
      assertThat(text.substring(token.path("start").asInt(), token.path("end").asInt()))
          .isEqualTo(token.path("text").asText());
    }
    assertThat(words).containsExactly("\ud83d\ude00", "the", "worst", "today");
    JsonNode probabilities = explained.path("probabilities");
    assertThat(sum)
        .isCloseTo(
            Math.log(
                probabilities.path(explained.path("label").asText()).asDouble()
                    / probabilities.path(explained.path("against").asText()).asDouble()),
            within(1e-2));
    assertThat(results.get(1)).startsWith("{\"label\":null").doesNotContain("tokens");
  }

  @Test
  void score_file_isRead() throws IOException {
    Path file = Files.writeString(folder.resolve("lines.txt"), lines(3));

    assertThat(shell.run("score", "--model=" + model, file.toString())).isZero();

    assertThat(shell.out().lines()).hasSize(3);
  }

  @Test
  void score_personWhoTypes_hasAnAnswerToEachLine() throws Exception {
    PipedOutputStream keyboard = new PipedOutputStream();
    shell.withInput(new PipedInputStream(keyboard));
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(() -> shell.run("score", "--model=" + model));
    for (int line = 1; line <= 3; line++) {
      keyboard.write("great happy\n".getBytes(UTF_8));
      keyboard.flush();
      int answers = line;
      Awaitility.await()
          .atMost(1, TimeUnit.MINUTES)
          .until(() -> shell.out().lines().count() == answers);
    }
    keyboard.close();

    assertThat(status.get(1, TimeUnit.MINUTES)).isZero();
  }

  @Test
  void score_readerThatHasGone_endsQuietly() {
    shell.withInput(lines(1000)).withBrokenPipe();

    assertThat(shell.run("score", "--model=" + model)).isZero();

    assertThat(shell.err()).isEmpty();
  }

  private static String lines(int count) {
    return IntStream.range(0, count)
        .mapToObj(TinyModel::text)
        .collect(Collectors.joining("\n", "", "\n"));
  }
}
