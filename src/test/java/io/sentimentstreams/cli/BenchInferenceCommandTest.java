package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchInferenceCommandTest {
  private static final List<String> TINY =
      List.of(
          "bench",
          "inference",
          "--backend=dl4j",
          "--vocabulary=100",
          "--embedding=8",
          "--units=4",
          "--filters=8",
          "--width=3",
          "--dense=4",
          "--rounds=2",
          "--seconds=0",
          "--warm-up=0");

  private final TestShell shell = new TestShell();

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void json_ofNetworks_hasAResultForEachCase() throws IOException {
    assertThat(
            tiny("--network=bilstm,conv1d", "--length=6", "--batch=1,4", "--threads=1,2", "--json"))
        .as(shell.err())
        .isZero();

    JsonNode report = new JsonMapper().readTree(shell.out());
    assertThat(shell.out().lines()).hasSize(1);
    assertThat(report.path("results"))
        .hasSize(8)
        .allSatisfy(BenchInferenceCommandTest::requireResult);
    assertThat(report.path("results"))
        .extracting(
            result ->
                "%s %s %s"
                    .formatted(
                        result.path("network").asText(),
                        result.path("batch").asText(),
                        result.path("threads").asText()))
        .containsExactly(
            "bilstm 1 1",
            "bilstm 1 2",
            "bilstm 4 1",
            "bilstm 4 2",
            "conv1d 1 1",
            "conv1d 1 2",
            "conv1d 4 1",
            "conv1d 4 2");
    assertThat(report.path("skipped")).isEmpty();
    assertThat(report.path("models").path(0).path("meanTokens").asDouble()).isEqualTo(6);
    assertThat(report.path("models").path(0).path("multiplyAddsPerText").asLong())
        .isEqualTo(2 * 6 * (8 * 16 + 4 * 16) + 8 * 3);
    assertThat(report.path("machine").path("matrixProductGflops").asDouble()).isPositive();
    assertThat(shell.err()).contains("rows/s", "random-bilstm (bilstm)", "p50");
  }

  private static void requireResult(JsonNode result) {
    assertThat(result.path("backend").asText()).isEqualTo("dl4j");
    assertThat(result.path("rowsPerSecond").asDouble())
        .isPositive()
        .isBetween(
            result.path("rowsPerSecondLow").asDouble(),
            result.path("rowsPerSecondHigh").asDouble());
    assertThat(result.path("p50Micros").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(result.path("p99Micros").asDouble());
    assertThat(result.path("peakShare").asDouble()).isNotNegative();
    assertThat(result.path("paddingShare").asDouble()).isBetween(0.0, 1.0);
    assertThat(result.path("loadMillis").asDouble()).isPositive();
    assertThat(result.path("memoryBytes").asLong()).isPositive();
    assertThat(result.path("ratioTo").isObject()).isTrue();
  }

  @Test
  void table_ofAModelAndTexts_goesToOutput() throws IOException {
    Path texts = Files.writeString(folder.resolve("texts.txt"), "great day\n\nawful, so late\n");
    Path model = Path.of("src/test/resources/io/sentimentstreams/model/golden/conv1d-f32");

    assertThat(tiny("--model=" + model, "--texts=" + texts, "--batch=2", "--threads=1"))
        .as(shell.err())
        .isZero();

    assertThat(shell.out())
        .contains("texts of texts.txt", "(conv1d): 2 texts", "dl4j", "MiB of weights");
  }

  @ParameterizedTest
  @CsvSource({
    "--network=bilstm --model=m, --model and --network exclude each other",
    "--length=3 --lengths=f, '--texts, --lengths and --length exclude each other'",
    "--network=conv1d --texts=f, --texts needs a --model",
    "--text-column=c, --text-column is for --texts",
    "--network=gru, --network",
    "--backend=auto, --backend: auto",
    "--backend=torch, torch",
    "--network=bilstm --batch=0, --batch is 0",
    "--network=bilstm --threads=0, --threads is 0",
    "--network=bilstm --rounds=0, --rounds is 0",
    "--network=bilstm --seconds=-1, --seconds is -1.0",
    "--network=bilstm --warm-up=NaN, --warm-up is NaN",
    "--network=bilstm --rows=0, --rows is 0",
    "--network=bilstm --length=0, 0 tokens each",
    "--network=bilstm --lengths=none.txt, none.txt",
    "--network=bilstm --vocabulary=2, --vocabulary is 2",
    "--network=bilstm --units=0, units is 0",
    "--model=no/such/model --length=3, no/such/model",
    "--texts=none.csv, none.csv",
  })
  void mistake_inTheArguments_isOneLine(String arguments, String named) {
    assertThat(shell.run(("bench inference " + arguments).split(" "))).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("sentiment: ").contains(named).doesNotContain("Exception");
  }

  private int tiny(String... more) {
    return shell.run(Stream.concat(TINY.stream(), Arrays.stream(more)).toArray(String[]::new));
  }
}
