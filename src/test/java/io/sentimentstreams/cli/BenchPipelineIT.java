package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipeline benchmark in little. */
final class BenchPipelineIT {
  private static final String MODEL =
      "--model=" + Path.of("src/test/resources/io/sentimentstreams/model/golden/conv1d-f32");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  private final TestShell shell = new TestShell();

  @Test
  void json_ofAModel_hasAllWaysAndTheirRatios() throws IOException {
    int status =
        shell.run(
            "bench",
            "pipeline",
            MODEL,
            "--records=3000",
            "--slow-records=300",
            "--partitions=2",
            "--threads=1",
            "--rounds=1",
            "--warm-up=0",
            "--rate=50",
            "--seconds=0.5",
            "--data-dir=" + folder,
            "--json");

    assertThat(status).as(shell.err()).isZero();
    assertThat(shell.out().lines()).hasSize(1);
    JsonNode report = new JsonMapper().readTree(shell.out());
    assertThat(report.path("results"))
        .extracting(result -> result.path("way").asText() + " " + result.path("records").asText())
        .containsExactly(
            "pass-through 3000", "zero-cost-model 3000", "model 3000", "record-at-a-time 300");
    assertThat(report.path("results"))
        .allSatisfy(
            result -> {
              assertThat(result.path("recordsPerSecond").asDouble()).isPositive();
              assertThat(result.path("backend").asText()).isNotEmpty();
            });
    requireLatency(report.path("results").path(2).path("latency"));
    JsonNode ratios = report.path("ratios").path(0);
    for (String name : List.of("toPassThrough", "toZeroCostModel", "toRecordAtATime")) {
      assertThat(ratios.path(name).asDouble()).as(name).isPositive();
    }
    assertThat(report.path("machine").path("cores").asInt()).isPositive();
    assertThat(shell.err()).contains("records/s", "times a record at a time");
    assertThat(folder).isEmptyDirectory();
  }

  private static void requireLatency(JsonNode latency) {
    assertThat(latency.path("rate").asInt()).isEqualTo(50);
    assertThat(latency.path("events").asInt()).isEqualTo(25);
    assertThat(latency.path("p50Millis").asDouble())
        .isNotNegative()
        .isLessThanOrEqualTo(latency.path("p99Millis").asDouble());
    assertThat(latency.path("maximumMillis").asDouble())
        .isGreaterThanOrEqualTo(latency.path("p99Millis").asDouble());
  }

  @Test
  void stop_asked_endsTheBenchmarkAndDeletesItsData() throws Exception {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    "bench",
                    "pipeline",
                    MODEL,
                    "--records=1000",
                    "--rate=0",
                    "--data-dir=" + folder));
    Awaitility.await()
        .atMost(1, TimeUnit.MINUTES)
        .until(() -> shell.err().contains("Starting a Kafka broker") || status.isDone());

    assertThat(shell.interrupt()).isTrue();

    assertThat(status.get(2, TimeUnit.MINUTES)).as(shell.err()).isEqualTo(130);
    assertThat(folder).isEmptyDirectory();
  }
}
