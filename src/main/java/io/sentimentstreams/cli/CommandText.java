package io.sentimentstreams.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** A command as a shell takes it. */
final class CommandText {
  private CommandText() {}

  /** The whole line that a command was given on. */
  static String of(CommandSpec spec) {
    List<String> arguments = spec.commandLine().getParent().getParseResult().originalArgs();
    return arguments.stream()
        .map(CommandText::quoted)
        .collect(Collectors.joining(" ", "sentiment ", ""));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:=@%+,-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
