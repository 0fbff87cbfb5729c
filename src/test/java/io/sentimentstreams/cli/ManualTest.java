package io.sentimentstreams.cli;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The help of every command there is. */
final class ManualTest {
  private static final Pattern IN_README =
      Pattern.compile("^\\*\\*([a-z-]+)\\*\\*: ", Pattern.MULTILINE);

  private final TestShell shell = new TestShell();

  /** The names of all commands, with those above them. */
  static Stream<String> commands() {
    return below(Main.commands(new TestShell().shell()))
        .map(command -> command.getCommandSpec().qualifiedName())
        .map(name -> name.substring("sentiment".length()).strip());
  }

  private static Stream<CommandLine> below(CommandLine command) {
    return Stream.concat(
        Stream.of(command), command.getSubcommands().values().stream().flatMap(ManualTest::below));
  }

  @ParameterizedTest(name = "sentiment {0}")
  @MethodSource("commands")
  void help_ofEachCommand_hasTheSectionsOfAManualPage(String command) {
    assertThat(shell.run((command + " --help").strip().split(" "))).isZero();

    String help = shell.out();
    assertThat(help)
        .containsSubsequence(
            ("Usage: sentiment " + command).strip(),
            "\nOptions:\n",
            "\nExit status:\n",
            "\nEnvironment:\n",
            "\nExamples:\n")
        .containsPattern("\n +0 +\\w.*\n +1 +\\w.*\n +2 +\\w")
        .contains("SENTIMENT_JAVA_OPTS", "JAVA_HOME", "OMP_NUM_THREADS", "SENTIMENT_MAVEN_ARGS");
    assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(101));
    assertThat(help.substring(help.indexOf("\nExamples:\n"))).contains("sentiment " + command);
    assertThat(help.contains("SENTIMENT_LOG")).isEqualTo(help.contains("--log-format="));
    boolean readsSettings = help.contains("--config=") || command.equals("demo");
    assertThat(help.contains("SENTIMENT_SETTING")).isEqualTo(readsSettings);
    if (readsSettings
        || help.contains("--model=")
        || help.contains("--topics=")
        || help.contains("The bundle")) {
      assertThat(help).containsSubsequence("\nEnvironment:\n", "\nFiles:\n", "\nExamples:\n");
    }
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void help_ofCommandsWithStatusesOfTheirOwn_tellsThem() {
    shell.run("topics", "plan", "--help");
    shell.run("demo", "--help");

    assertThat(shell.out())
        .containsPattern("\n +0 +no difference\n +1 +failed\n +2 +something .*\n +3 +some")
        .containsPattern("\n +130 +stopped before");
  }

  @Test
  void commands_ofTheHelp_areThoseOfTheReadmeInItsOrder() throws IOException {
    List<String> described =
        IN_README
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    shell.run("--help");

    List<String> listed =
        Pattern.compile("^  ([a-z-]+) {2,}[A-Z]", Pattern.MULTILINE)
            .matcher(shell.out().substring(0, shell.out().indexOf("Exit status:")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(described).containsExactlyElementsOf(listed.subList(0, described.size()));
    assertThat(listed.subList(described.size(), listed.size()))
        .containsExactly("completion", "help");
    assertThat(shell.out())
        .doesNotContain("Commands:")
        .containsSubsequence(
            "\nTo see it work:\n",
            "demo",
            "\nModels:\n",
            "train",
            "\nThe stream and its topics:\n",
            "stream");
  }

  /** The scripts of completion name an option's values by its label. */
  @Test
  void options_withFixedValues_haveALabelEach() {
    for (CommandLine command : below(Main.commands(shell.shell())).toList()) {
      CommandSpec spec = command.getCommandSpec();
      Map<String, List<OptionSpec>> byLabel =
          spec.options().stream()
              .filter(option -> option.completionCandidates() != null)
              .filter(option -> option.completionCandidates().iterator().hasNext())
              .collect(groupingBy(OptionSpec::paramLabel));
      assertThat(byLabel.values())
          .as(spec.qualifiedName())
          .allMatch(options -> options.size() == 1);
    }
  }
}
