package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.model.ModelBundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sentiment search}. */
final class SearchIT {
  private static final String SPACE =
      """
      preset: tweets-conv1d
      measure: accuracy
      fields:
        network.conv1d.filters: [4, 16]
        training.learning_rate: [0.000001, 0.01]
        training.epochs: [2]
        training.ngrams: [0]
      """;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  private final TestShell shell = new TestShell();

  @Test
  void search_grid_showsTheBestFirstAndKeepsItsModel() throws IOException {
    assertThat(search(shell)).as(shell.err()).isZero();

    List<String> lines = shell.out().lines().toList();
    assertThat(lines).hasSize(6);
    assertThat(lines.get(0).strip().split(" +", -1))
        .containsExactly(
            "run",
            "conv1d.filters",
            "learning_rate",
            "ran",
            "best",
            "loss",
            "accuracy",
            "recall",
            "F1",
            "seconds");
    String[] best = lines.get(1).strip().split(" +", -1);
    assertThat(best[2]).isEqualTo("0.01");
    assertThat(lines.get(5)).isEqualTo("The model of run %s is in %s.".formatted(best[0], out()));
    assertThat(shell.err())
        .contains("4 runs, the best by accuracy")
        .contains("Run 3 of 4: network.conv1d.filters 16, training.learning_rate 1.0E-6")
        .contains("Run 4 of 4: validation loss");
    ModelBundle bundle = ModelBundle.load(out());
    assertThat(bundle.manifest().provenance().settings())
        .containsEntry("searchRun", Integer.valueOf(best[0]))
        .containsEntry("learningRate", 0.01)
        .containsEntry("selection", "accuracy");
    assertThat(bundle.manifest().measures().get(0).accuracy())
        .isGreaterThan(0.9)
        .isCloseTo(Double.parseDouble(best[6]), within(0.02));
  }

  @Test
  void search_interrupted_goesOnWithResume() throws Exception {
    CompletableFuture<Integer> status = CompletableFuture.supplyAsync(this::searchUnchecked);
    Awaitility.await()
        .atMost(2, TimeUnit.MINUTES)
        .until(() -> shell.err().contains("Run 1 of 4: validation") || status.isDone());
    assertThat(shell.interrupt()).isTrue();
    assertThat(status.get(2, TimeUnit.MINUTES)).isZero();
    assertThat(shell.out()).contains("of 4 runs are done: --resume goes on.");

    TestShell anew = new TestShell();
    assertThat(search(anew)).isEqualTo(2);
    assertThat(anew.err()).contains("--resume").hasLineCount(1);
    TestShell resumed = new TestShell();
    assertThat(search(resumed, "--resume", "--json")).as(resumed.err()).isZero();

    JsonNode results = new JsonMapper().readTree(resumed.out());
    assertThat(results).hasSize(4);
    List<Double> accuracies = new ArrayList<>();
    results.forEach(run -> accuracies.add(run.path("accuracy").asDouble()));
    assertThat(accuracies).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(results.get(0).path("values").path("training.learning_rate").asText())
        .isEqualTo("0.01");
    assertThat(resumed.err()).doesNotContain("Run 1 of 4: network");
  }

  private Path out() {
    return folder.resolve("best");
  }

  private int searchUnchecked() {
    try {
      return search(shell);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int search(TestShell in, String... more) throws IOException {
    Path data = TinyModel.data(folder);
    Path space = Files.writeString(folder.resolve("space.yaml"), SPACE);
    String[] arguments = {"search", "--space=" + space, "--data=" + data, "--out=" + out()};
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return in.run(all);
  }
}
