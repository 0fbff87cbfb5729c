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
  /** Two kills, between them an activation and a stop of the broker. */
  @Test
  void chaos_underFireForAWhile_losesAndDoublesNothing(@TempDir Path folder) throws Exception {
    TestShell shell = new TestShell();

    int status =
        shell.run(
            "chaos",
            "--minutes=0.4",
            "--seed=2",
            "--rate=300",
            "--instances=2",
            "--partitions=4",
            "--faults=activation,brokerStop",
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
    requireRecovered(json.path("faults"), "kill", "activation", "brokerStop");
    JsonNode byModel = json.path("outputsByModel");
    long bilstm = byModel.path("tweets-bilstm").asLong();
    assertThat(bilstm).isPositive();
    assertThat(byModel.path("tweets-conv1d").asLong() + bilstm)
        .isEqualTo(json.path("labelled").asLong());
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static void requireRecovered(JsonNode faults, String... kinds) {
    for (String kind : kinds) {
      int times = faults.path(kind).path("times").asInt();
      assertThat(times).as(kind).isPositive();
      assertThat(faults.path(kind).path("recovered").asInt()).as(kind).isEqualTo(times);
    }
  }

  @Test
  void chaos_ofWhatCannotBe_isOneLine() {
    TestShell shell = new TestShell();
    assertThat(shell.run("chaos", "--minutes=0.1")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--minutes=0")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--brokers=2")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--faults=zombies")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--model=models/a", "--faults=activation"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--static", "--set=kafka.group.protocol=streams"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--set=bootstrapServers=a:1")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--rate=0")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.run("chaos", "--guarantee=maybe")).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .contains("minutes: that is 6.0 s, but faults need 20 s at least")
        .contains("minutes: that is 0.0 s, but faults need 20 s at least")
        .contains("brokers: 2, but must be 1, or 3 to 9")
        .contains("--faults: \"zombies\", but there are zombie, stop, scaleOut")
        .contains("faults: activation and rollingRestart need a second --model")
        .contains("static: Kafka refuses static members")
        .contains("set: bootstrapServers belongs to the run")
        .contains("rate: 0.0, but must be above 0")
        .contains("--guarantee: \"maybe\", but exactly_once_v2 or at_least_once is needed");
  }
}
