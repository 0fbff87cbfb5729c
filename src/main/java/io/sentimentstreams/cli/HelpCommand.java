package io.sentimentstreams.cli;

import java.util.Iterator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
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

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private HelpCommand(Shell shell) {
    this.shell = shell;
  }

  /** The command with its parameters, whose values are the commands that there are in the end. */
  static CommandLine of(Shell shell) {
    CommandLine line = new CommandLine(new HelpCommand(shell));
    CommandSpec spec = line.getCommandSpec();
    spec.addPositional(
        parameter(
            "0",
            "COMMAND",
            "The command; none for all of them.",
            () -> names(Stream.of(spec.root().commandLine()))));
    spec.addPositional(
        parameter(
            "1",
            "SUBCOMMAND",
            "The one below it.",
            () -> names(spec.root().commandLine().getSubcommands().values().stream())));
    return line;
  }

  private static PositionalParamSpec parameter(
      String index, String label, String description, Iterable<String> candidates) {
    return PositionalParamSpec.builder()
        .index(index)
        .arity("0..1")
        .paramLabel(label)
        .description(description)
        .type(String.class)
        .completionCandidates(candidates)
        .build();
  }

  /** The names of the commands below these, without hidden ones. */
  private static Iterator<String> names(Stream<CommandLine> parents) {
    return parents
        .flatMap(parent -> parent.getSubcommands().values().stream())
        .map(CommandLine::getCommandSpec)
        .filter(command -> !command.usageMessage().hidden())
        .map(CommandSpec::name)
        .distinct()
        .iterator();
  }

  @Override
  public Integer call() {
    CommandLine command = spec.root().commandLine();
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      String name = parameter.getValue();
      if (name == null) {
        break;
      }
      CommandLine next = command.getSubcommands().get(name);
      if (next == null) {
        throw new NoSuchCommandException(command, name);
      }
      command = next;
    }
    command.usage(command.getOut());
    BrokenPipeException.flush(shell.out());
    return ExitCode.DONE;
  }

  /** A name that no command has. */
  static final class NoSuchCommandException extends ParameterException {
    private static final long serialVersionUID = 1;

    private final String name;

    private NoSuchCommandException(CommandLine parent, String name) {
      super(parent, Failures.noCommand(name));
      this.name = name;
    }

    String name() {
      return name;
    }
  }
}
