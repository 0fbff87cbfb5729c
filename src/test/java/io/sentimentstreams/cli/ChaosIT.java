package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A short run; longer ones are for the command. */
@DisabledOnOs(OS.WINDOWS)
final class ChaosIT {
  @Test
  void chaos_underFireForAWhile_losesAndDoublesNothing(@TempDir Path folder) throws Exception {
    TestShell shell = new TestShell();

    int status =
        shell.run(
            "chaos",
            "--minutes=0.35",
            "--seed=11",
            "--rate=300",
            "--instances=2",
            "--partitions=4",
            "--data=" + folder,
            "--json");

    assertThat(status).as(shell.err()).isZero();
    List<String> lines = shell.out().lines().toList();
    JsonNode json = new JsonMapper().readTree(lines.get(lines.size() - 1));
    assertThat(json.path("verdict").asText()).isEqualTo("passed");
    assertThat(json.path("events").asLong()).isGreaterThan(3_000);
    assertThat(json.path("kills").asInt()).isPositive();
    assertThat(json.path("labelled").asLong() + json.path("deadLettered").asLong())
        .isEqualTo(json.path("events").asLong());
    assertThat(json.path("deadLettered").asLong()).isPositive();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void chaos_ofWhatCannotBe_isOneLine() {
    TestShell shell = new TestShell();
    assertThat(shell.run("chaos", "--minutes=0.1")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--rate=0")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--guarantee=maybe")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .contains("minutes: PT6S, but faults need 20 seconds at least")
        .contains("rate: 0.0, but must be above 0")
        .contains("--guarantee: \"maybe\", but exactly_once_v2 or at_least_once is needed");
  }
}
