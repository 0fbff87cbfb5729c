package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.Misspelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line for the user and an exit status. */
final class Failures {
  private final Shell shell;

  Failures(Shell shell) {
    this.shell = shell;
  }

  /** An option or argument that cannot be used. */
  int usage(ParameterException e, String[] arguments) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    Optional<String> unknown = unknownArgument(e, arguments);
    String problem = unknown.map(name -> problem(name, spec, e)).orElseGet(() -> message(e));
    String suggestion = unknown.map(name -> suggestion(name, spec)).orElse("");
    say(
        "%s%s; see '%s --help'".formatted(problem, suggestion, spec.qualifiedName()),
        null,
        LogOptions.json(spec, List.of(arguments), shell));
    return ExitCode.USAGE;
  }

  private static String problem(String unknown, CommandSpec spec, ParameterException e) {
    if (unknown.startsWith("-")) {
      return "unknown option " + unknown;
    }
    if (!(e instanceof UnmatchedArgumentException)) {
      return message(e);
    }
    return spec.subcommands().isEmpty()
        ? "one argument too many: \"%s\"".formatted(unknown)
        : noCommand(unknown);
  }

  /** A name that no command has. */
  static String noCommand(String name) {
    return "there is no command \"%s\"".formatted(name);
  }

  /**
   * What the user may have misspelled. Where a required option is missing, it is probably there
   * under a wrong name, which picocli passes over.
   */
  private static Optional<String> unknownArgument(ParameterException e, String[] arguments) {
    Set<String> known = e.getCommandLine().getCommandSpec().optionsMap().keySet();
    if (e instanceof HelpCommand.NoSuchCommandException missing) {
      return Optional.of(missing.name());
    }
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched.getUnmatched().stream().map(Failures::name).findFirst();
    }
    if (e instanceof MissingParameterException) {
      return Arrays.stream(arguments)
          .filter(argument -> argument.startsWith("--"))
          .map(Failures::name)
          .filter(name -> !known.contains(name))
          .findFirst();
    }
    return Optional.empty();
  }

  private static String name(String argument) {
    return argument.startsWith("-") ? argument.replaceFirst("=.*", "") : argument;
  }

  /** A command that failed. */
  int execution(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    if (e instanceof BrokenPipeException) {
      return ExitCode.DONE;
    }
    boolean trace = wantsTrace(parsed);
    boolean invalid = e instanceof InvalidInputException;
    String how = invalid || trace ? "" : " (run with --verbose for the stack trace)";
    say(
        message(e) + how,
        trace ? e : null,
        LogOptions.json(command.getCommandSpec(), parsed.originalArgs(), shell));
    return invalid ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private boolean wantsTrace(CommandLine.ParseResult parsed) {
    if (!shell.environment().getOrDefault("SENTIMENT_DEBUG", "").isEmpty()) {
      return true;
    }
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption("--verbose"));
  }

  /**
   * The one line, and the stack trace where it is wanted: in the line where it is JSON, else behind
   * it.
   */
  private void say(String line, @Nullable Exception traced, boolean json) {
    shell.out().flush();
    if (json) {
      shell.err().print(Logs.json(Main.class.getName(), line, traced));
    } else {
      shell.err().println("sentiment: " + line);
      if (traced != null) {
        traced.printStackTrace(shell.err());
      }
    }
    shell.err().flush();
  }

  /** The exception's message, on one line; where it says nothing by itself, with its type. */
  private static String message(Throwable thrown) {
    // Its message begins with the name of the cause's class.
    Throwable cause = thrown instanceof ExecutionException ? thrown.getCause() : null;
    Throwable e = cause == null ? thrown : cause;
    String message = e.getMessage();
    boolean clear =
        e instanceof InvalidInputException
            || e instanceof ParameterException
            || (message != null && message.contains(" "));
    String text =
        clear && message != null
            ? message
            : e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The option or command that was meant, where one is near. */
  private static String suggestion(String given, CommandSpec spec) {
    Set<String> known =
        given.startsWith("-") ? spec.optionsMap().keySet() : spec.subcommands().keySet();
    return Misspelling.of(given, known)
        .map(name -> " (did you mean %s?)".formatted(name))
        .orElse("");
  }
}
