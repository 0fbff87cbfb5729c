package io.sentimentstreams.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code sentiment} itself: without a subcommand it shows its help. */
@Command(
    name = "sentiment",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = BuildVersions.class,
    sortOptions = false,
    description =
        "Labels the texts of Kafka topics with their sentiment, and trains the models for it.",
    commandListHeading = "",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment demo                      see it work, all in one process",
      "  sentiment stream --config my.yaml   label the topics of your own broker",
      "  echo 'What a flight!' | sentiment score --model models/tweets-bilstm",
      "",
      "'sentiment help COMMAND' tells more of each command."
    })
final class SentimentCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets and reads it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-V", "--version"},
      order = 102,
      versionHelp = true,
      description = "Show the version and exit.")
  private boolean version;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  SentimentCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.err());
    return ExitCode.USAGE;
  }
}
