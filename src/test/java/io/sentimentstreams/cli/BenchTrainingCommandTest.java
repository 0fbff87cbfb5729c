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

final class BenchTrainingCommandTest {
  private static final List<String> TINY =
      List.of(
          "bench",
          "training",
          "--vocabulary=100",
          "--embedding=8",
          "--units=4",
          "--filters=8",
          "--width=3",
          "--dense=4",
          "--batch=4",
          "--rounds=2",
          "--seconds=0",
          "--warm-up=0");

  private final TestShell shell = new TestShell();

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void json_ofNetworksAndLengths_hasAResultForEach() throws IOException {
    Path lengths = Files.writeString(folder.resolve("lengths.txt"), "3\n1\n7\n5\n");

    assertThat(tiny("--network=bilstm,conv1d", "--lengths=" + lengths, "--threads=1", "--json"))
        .as(shell.err())
        .isZero();

    JsonNode report = new JsonMapper().readTree(shell.out());
    assertThat(shell.out().lines()).hasSize(1);
    assertThat(report.path("results"))
        .extracting(result -> result.path("network").asText())
        .containsExactly("bilstm", "conv1d");
    assertThat(report.path("results")).allSatisfy(BenchTrainingCommandTest::requireResult);
    assertThat(shell.err()).contains("ms a step of 4 texts of 4.0 tokens", "rows/s");
  }

  private static void requireResult(JsonNode result) {
    assertThat(result.path("batch").asInt()).isEqualTo(4);
    assertThat(result.path("threads").asInt()).isEqualTo(1);
    assertThat(result.path("meanTokens").asDouble()).isEqualTo(4);
    assertThat(result.path("msPerBatch").asDouble())
        .isPositive()
        .isBetween(
            result.path("msPerBatchLow").asDouble(), result.path("msPerBatchHigh").asDouble());
    assertThat(result.path("rowsPerSecond").asDouble()).isPositive();
  }

  @Test
  void table_withoutJson_goesToOutput() {
    assertThat(tiny("--network=conv1d", "--length=6")).as(shell.err()).isZero();

    assertThat(shell.out()).contains("6 tokens each", "conv1d: ");
  }

  @ParameterizedTest
  @CsvSource({
    "--length=3, --network is missing",
    "--network=bilstm --length=3 --lengths=f, --lengths and --length exclude each other",
    "--network=bilstm --rows=0, --rows is 0",
    "--network=bilstm --batch=0, --batch is 0",
    "--network=bilstm --threads=0, --threads is 0",
    "--network=bilstm --rounds=0, --rounds is 0",
    "--network=bilstm --seconds=-1, --seconds is -1.0"
  })
  void mistakes_areToldInALine(String options, String message) {
    String[] arguments =
        Stream.concat(Stream.of("bench", "training"), Arrays.stream(options.split(" ")))
            .toArray(String[]::new);

    assertThat(shell.run(arguments)).isNotZero();

    assertThat(shell.err()).contains(message).doesNotContain("\tat ");
  }

  private int tiny(String... options) {
    String[] arguments =
        Stream.concat(TINY.stream(), Arrays.stream(options)).toArray(String[]::new);
    return shell.run(arguments);
  }
}
