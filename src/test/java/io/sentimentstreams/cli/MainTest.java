package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class MainTest {
  private final TestShell shell = new TestShell();

  @Test
  void help_asked_goesToOutputAndListsTheCommands() {
    assertThat(shell.run("--help")).isZero();

    assertThat(shell.out())
        .contains(
            "Usage: sentiment",
            "demo",
            "train",
            "evaluate",
            "score",
            "export",
            "stream",
            "Examples:");
    assertThat(shell.err()).isEmpty();
  }

  /** What is wrong with a password must not bring it into a log. */
  @Test
  void setting_withUnbalancedQuotes_isNotQuoted() {
    assertThat(
            shell.run(
                "verify",
                "--set=bootstrapServers=127.0.0.1:1",
                "--set=kafka.security.protocol=SASL_PLAINTEXT",
                "--set=kafka.sasl.jaas.config=m.Module required password=\"hunter2 \"secret\";"))
        .isEqualTo(2);
    assertThat(shell.err()).contains("kafka.sasl.jaas.config").doesNotContain("hunter2");
    // Its warnings go past the shell, to the process's own error output.
    assertThat(CommandLine.tracer().isWarn()).isFalse();
  }

  @Test
  void version_asked_namesWhatThisConsistsOf() {
    assertThat(shell.run("--version")).isZero();

    assertThat(shell.out())
        .contains(
            "sentiment-streams ",
            "Apache Kafka 4.",
            "Deeplearning4j 1.",
            "ONNX Runtime 1.",
            "Java ")
        .doesNotContain("$", "null");
  }

  @Test
  void help_ofACommandBelowAnother_isItsOwn() {
    TestShell asked = new TestShell();
    assertThat(asked.run("help", "topics", "plan")).isZero();

    assertThat(shell.run("topics", "plan", "--help")).isZero();
    assertThat(asked.out()).isEqualTo(shell.out()).contains("Usage: sentiment topics plan");
  }

  @Test
  void noCommand_given_showsTheHelpAsAnError() {
    assertThat(shell.run()).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err()).contains("Usage: sentiment");
  }

  @ParameterizedTest
  @CsvSource({
    "score --modle x, sentiment: unknown option --modle (did you mean --model?); see 'sentiment"
        + " score --help'",
    "score --model x --include, sentiment: unknown option --include (did you mean --include-text?);"
        + " see 'sentiment score --help'",
    "score --model x --colour, sentiment: unknown option --colour; see 'sentiment score --help'",
    "help scoer, sentiment: there is no command \"scoer\" (did you mean score?); see 'sentiment"
        + " --help'",
    "scoer, sentiment: there is no command \"scoer\" (did you mean score?); see 'sentiment --help'",
    "frobnicate, sentiment: there is no command \"frobnicate\"; see 'sentiment --help'",
    "topics paln, sentiment: there is no command \"paln\" (did you mean plan?); see 'sentiment"
        + " topics --help'",
    "stream mine.yaml, sentiment: one argument too many: \"mine.yaml\"; see 'sentiment stream"
        + " --help'",
    "score --model x --device gpu, 'sentiment: Invalid value for option ''--device'': \"gpu\" is no"
        + " device: give auto, cpu, cuda or cuda:N, N a GPU''s number from 0; see'",
    "evaluate --model x --data y --backend torch, 'sentiment: Invalid value for option"
        + " ''--backend'': \"torch\" is no backend: give auto, compiled, dl4j or onnx; see'",
    "stream --device cuda:x, sentiment: Invalid value for option '--device': \"cuda:x\" is no",
    "demo --backend tf, sentiment: Invalid value for option '--backend': \"tf\" is no backend:",
    "train --data x --preset y --out z --weights 8, 'sentiment: Invalid value for option"
        + " ''--weights'': \"8\" is no size: give half or float; see'",
    "score, sentiment: Missing required option: '--model=FOLDER'; see 'sentiment score --help'",
    "train --preset=tweets-bilstm, sentiment: Missing required options: '--data=PATH'; see",
  })
  void mistake_inTheArguments_isOneLineWithTheRemedy(String arguments, String expected) {
    assertThat(shell.run(arguments.split(" "))).isEqualTo(2);

    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith(expected.replaceAll("; see$", ""));
  }

  @ParameterizedTest
  @CsvSource({
    "evaluate --model no/such/model --data no.csv, no/such/model",
    "score --model no/such/model, no/such/model",
    "score --model no/such/model no-such-file.txt, no-such-file.txt",
    "score --model no/such/model --batch-size 0, --batch-size is 0",
    "score --model no/such/model --device gpu, --device",
    "train --data no.csv --preset tweets-bilstm --out target/never, no.csv",
    "train --data no.csv --preset tweets-gru --out target/never, tweets-gru",
    "train --data no.csv --preset tweets-conv1d --out target/never --epochs 0, --epochs is 0",
    "train --data no.csv --preset tweets-conv1d --out src, src",
    "export --model no/such/model --out target/never.onnx, no/such/model",
    "export --model models/tweets-conv1d --out target/never, .onnx",
    "export --model models/tweets-conv1d --out models/tweets-conv1d/weights.safetensors, .onnx",
    "export --model models/tweets-conv1d --out pom.xml/never.onnx, pom.xml",
    "export --model models/tweets-conv1d, --out",
    "stream --config no-such-file.yaml, no-such-file.yaml",
    "stream --set thread=2, threads",
    "stream --set threads, --set",
    "demo --once --input no-such-file.csv, no-such-file.csv",
    "demo --once --rate fast, --rate",
    "demo --once --rate 0, --rate",
    "demo --once --route tweets, --route",
  })
  void somethingGiven_thatCannotBeUsed_isOneLineThatNamesIt(String arguments, String named) {
    assertThat(shell.run(arguments.split(" "))).isEqualTo(2);

    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err()).startsWith("sentiment: ").contains(named).doesNotContain("Exception");
  }

  @Test
  void verbose_given_addsTheStackTrace() {
    assertThat(shell.run("score", "--model", "no/such/model", "--verbose")).isEqualTo(2);

    assertThat(shell.err()).startsWith("sentiment: ").contains("\tat io.sentimentstreams.");
  }

  @Test
  void debugVariable_set_addsTheStackTrace() {
    shell.withEnvironment("SENTIMENT_DEBUG", "1");

    assertThat(shell.run("score", "--model", "no/such/model")).isEqualTo(2);

    assertThat(shell.err()).contains("\tat io.sentimentstreams.");
  }
}
