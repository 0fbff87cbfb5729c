package io.sentimentstreams.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sentiment bench}: without a subcommand it shows its help. */
@Command(
    name = "bench",
    header = "Measure speed: inference alone, training, or the whole stream.",
    synopsisSubcommandLabel = "COMMAND",
    synopsisHeading = "%nUsage: ",
    sortOptions = false,
    sortSynopsis = false,
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  sentiment bench inference",
      "  sentiment bench training --network bilstm,conv1d",
      "  sentiment bench pipeline --model models/tweets-conv1d",
      "",
      "docs/benchmarks.md tells how to read the figures."
    })
final class BenchCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets and reads it
  @Mixin
  private CommonOptions common;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  BenchCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(shell.err());
    return ExitCode.USAGE;
  }
}
