package io.sentimentstreams.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentiment topics}: without a subcommand it shows its help. */
@Command(
    name = "topics",
    header = "Compare a broker's topics with their files, and make them so.",
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment topics plan --config sentiment.yaml",
      "  sentiment topics apply --set bootstrapServers=broker:9092",
      "  sentiment topics asyncapi --out docs/asyncapi.yaml"
    })
final class TopicsCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets and reads it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  TopicsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.err());
    return ExitCode.USAGE;
  }
}
