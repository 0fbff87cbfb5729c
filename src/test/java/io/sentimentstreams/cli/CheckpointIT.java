package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.ModelBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sentiment train --checkpoint} in processes of its own, which are killed. */
final class CheckpointIT {
  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  @Test
  void train_killedAndResumed_givesTheSameModel() throws Exception {
    Path data = TinyModel.data(folder);
    Path checkpoint = folder.resolve("checkpoint");
    String[] options = {
      "--checkpoint=" + checkpoint, "--checkpoint-every=3", "--resume",
    };
    Process straight = start("straight", data);
    assertThat(straight.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(straight.exitValue()).as(log("straight")).isZero();

    killWhenItSays("epoch 2:", "killed", start("killed", data, options));
    killWhenItSays("epoch 5:", "killed", start("killed", data, options));
    Process resumed = start("killed", data, options);
    assertThat(resumed.waitFor(3, TimeUnit.MINUTES)).isTrue();

    assertThat(resumed.exitValue()).as(log("killed")).isZero();
    assertThat(log("killed")).contains("Going on from the checkpoint: epoch ");
    assertThat(folder.resolve("killed").resolve("weights.safetensors"))
        .hasSameBinaryContentAs(folder.resolve("straight").resolve("weights.safetensors"));
    assertThat(ModelBundle.load(folder.resolve("killed")).manifest().measures())
        .isEqualTo(ModelBundle.load(folder.resolve("straight")).manifest().measures());
    assertThat(checkpoint).doesNotExist();
  }

  private void killWhenItSays(String text, String name, Process process) throws Exception {
    Awaitility.await()
        .atMost(3, TimeUnit.MINUTES)
        .until(() -> log(name).contains(text) || !process.isAlive());
    assertThat(process.isAlive()).as(log(name)).isTrue();
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  /** Trains to a bundle of that name; 12 epochs of 8 steps. */
  private Process start(String name, Path data, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "train",
                "--data=" + data,
                "--preset=tweets-conv1d",
                "--epochs=12",
                "--patience=12",
                "--test=0.1",
                "--no-baseline",
                "--name=same",
                "--out=" + folder.resolve(name)));
    command.addAll(List.of(more));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(folder.resolve(name + ".log").toFile())
        .start();
  }

  private String log(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".log"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--resume | --resume needs the folder to go on from: give --checkpoint FOLDER, too",
        "--checkpoint=x --checkpoint-every=often | \"often\" is neither a number of steps, such as 200,",
        "--checkpoint=/dev/null/x | checkpoint /dev/null/x: cannot be made a folder",
      })
  void train_checkpointThatCannotBe_isOneLine(String options, String message) {
    TestShell shell = new TestShell();
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--data=x.csv", "--preset=birnn", "--out=" + folder.resolve("out")));
    arguments.addAll(List.of(options.split(" ")));

    assertThat(shell.run(arguments.toArray(String[]::new))).isEqualTo(2);

    assertThat(shell.err()).contains(message).hasLineCount(1);
  }
}
