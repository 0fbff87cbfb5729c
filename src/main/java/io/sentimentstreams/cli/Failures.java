package io.sentimentstreams.cli;

import static java.util.Comparator.comparingInt;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.commons.text.similarity.LevenshteinDistance;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line for the user and an exit status. */
final class Failures {
  /** A name further than this from what was given is another word, not a slip. */
  private static final int MOST_EDITS = 3;

  private final Shell shell;

  Failures(Shell shell) {
    this.shell = shell;
  }

  /** An option or argument that cannot be used. */
  int usage(ParameterException e, String[] arguments) {
    CommandSpec spec = e.getCommandLine().getCommandSpec();
    Optional<String> unknown = unknownArgument(e, arguments);
    String problem =
        unknown.filter(name -> name.startsWith("-")).isPresent()
            ? "unknown option " + unknown.get()
            : message(e);
    String suggestion = unknown.map(name -> suggestion(name, spec)).orElse("");
    say("%s%s; see '%s --help'".formatted(problem, suggestion, spec.qualifiedName()));
    return ExitCode.USAGE;
  }

  /**
   * What the user may have misspelled. Where a required option is missing, it is probably there
   * under a wrong name, which picocli passes over.
   */
  private static Optional<String> unknownArgument(ParameterException e, String[] arguments) {
    Set<String> known = e.getCommandLine().getCommandSpec().optionsMap().keySet();
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
    if (e instanceof InvalidInputException) {
      say(message(e));
    } else {
      say(message(e) + (trace ? "" : " (run with --verbose for the stack trace)"));
    }
    if (trace) {
      e.printStackTrace(shell.err());
    }
    return e instanceof InvalidInputException ? ExitCode.USAGE : ExitCode.FAILED;
  }

  private boolean wantsTrace(CommandLine.ParseResult parsed) {
    if (!shell.environment().getOrDefault("SENTIMENT_DEBUG", "").isEmpty()) {
      return true;
    }
    return parsed.asCommandLineList().stream()
        .anyMatch(command -> command.getParseResult().hasMatchedOption("--verbose"));
  }

  private void say(String line) {
    shell.out().flush();
    shell.err().println("sentiment: " + line);
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
    return known.stream()
        .min(comparingInt(name -> distance(given, name)))
        .filter(name -> distance(given, name) <= MOST_EDITS)
        .map(name -> " (did you mean %s?)".formatted(name))
        .orElse("");
  }

  /** How far a name is from what was given; 0 for a beginning of it. */
  private static int distance(String given, String name) {
    boolean beginning = given.length() > "--".length() && name.startsWith(given);
    return beginning ? 0 : LevenshteinDistance.getDefaultInstance().apply(given, name);
  }
}
