package io.sentimentstreams.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sentiment help}: the help of a command, or of one below it. */
@Command(
    name = "help",
    header = "Show the help of a command.",
    synopsisHeading = "%nUsage: ",
    parameterListHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {"  sentiment help stream", "  sentiment help topics plan"})
final class HelpCommand implements Callable<Integer> {
  private final Shell shell;

  @SuppressWarnings({"NullAway.Init", "UnusedVariable"}) // picocli sets and reads it
  @Mixin
  private CommonOptions common;

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      description = "The command, and the one below it; none for all commands.")
  private List<String> path = List.of();

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  HelpCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (String name : path) {
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new ParameterException(command, "there is no command \"%s\"".formatted(name));
      }
      command = next;
    }
    command.usage(command.getOut());
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }
}
