package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The script in the shells themselves, where they are installed. */
final class CompletionCommandTest {
  @TempDir
  @SuppressWarnings("NullAway.Init") // set before each test
  Path folder;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path script;

  @BeforeEach
  void writeScript() throws IOException {
    TestShell shell = new TestShell();
    assertThat(shell.run("completion")).as(shell.err()).isZero();
    script = Files.writeString(folder.resolve("completion.sh"), shell.out());
  }

  @Test
  void bash_withTheScript_completesCommandsAndOptions() throws Exception {
    requireShell("bash");

    assertThat(bash("sentiment", "st")).containsExactly("stream");
    assertThat(bash("sentiment", "topics", "p")).containsExactly("plan");
    assertThat(bash("sentiment", "stream", "--con")).containsExactly("--config");
    assertThat(bash("sentiment", "")).contains("doctor", "train", "broker");
  }

  @Test
  void bash_afterHelp_completesTheCommandsThatThereIsHelpOf() throws Exception {
    requireShell("bash");

    assertThat(bash("sentiment", "help", "")).contains("stream", "topics", "train");
    assertThat(bash("sentiment", "help", "top")).containsExactly("topics");
    assertThat(bash("sentiment", "help", "topics", "pl")).containsExactly("plan");
  }

  @ParameterizedTest
  @CsvSource({
    "stream --log-format, text json",
    "demo --route, tweets reviews",
    "demo --rate, max",
    "score --backend, auto compiled dl4j onnx",
    "score --device, auto cpu cuda",
    "train --weights, half float",
    "train --part, train test",
    "train --strip, headers footers quotes",
    "train --selection, loss accuracy macro_f1 macro_recall",
    "bench inference --network, bilstm conv1d",
    "chaos --guarantee, exactly_once_v2 at_least_once",
    "chaos --faults, zombie stop scaleOut activation rollingRestart brokerKill brokerStop"
        + " brokerPause",
  })
  void bash_afterAnOptionWithFixedValues_completesThemAsTheyAreWritten(String option, String values)
      throws Exception {
    requireShell("bash");

    assertThat(bash(("sentiment " + option + " ").split(" ", -1)))
        .containsExactlyInAnyOrder(values.split(" "));
  }

  @Test
  void bash_afterReason_completesThoseOfDeadLetters() throws Exception {
    requireShell("bash");

    assertThat(bash("sentiment", "dead-letters", "list", "--reason", "invalid"))
        .contains("invalid-utf8", "invalid-json")
        .allMatch(reason -> reason.startsWith("invalid"));
  }

  @Test
  void bash_withTheLauncherByItsPath_completesToo() throws Exception {
    requireShell("bash");

    assertThat(run("bash", "-c", "source " + script + "; complete -p sentiment"))
        .singleElement()
        .asString()
        .contains("_complete_sentiment");
  }

  @Test
  void zsh_withTheScript_knowsTheCommand() throws Exception {
    requireShell("zsh");

    assertThat(
            run(
                "zsh",
                "-f",
                "-c",
                "autoload -Uz compinit && compinit -u -d %s/dump; source %s; print $_comps[sentiment]"
                    .formatted(folder, script)))
        .singleElement()
        .asString()
        .contains("_complete_sentiment");
  }

  /** What bash offers for the last word. */
  private List<String> bash(String... words) throws Exception {
    String line = String.join(" ", words);
    String quoted = "'" + String.join("' '", words) + "'";
    String commands =
        "source %s; compopt() { :; }; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; COMP_POINT=%d; _complete_sentiment; printf '%%s\\n' \"${COMPREPLY[@]}\""
            .formatted(script, quoted, words.length - 1, line, line.length());
    return run("bash", "-c", commands).stream().map(String::strip).toList();
  }

  private static List<String> run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return output.lines().toList();
  }

  private static void requireShell(String name) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, name))),
        name + " is not installed");
  }
}
