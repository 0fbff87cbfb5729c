package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** In which form a process that runs for long logs: {@code --log-format}, {@code SENTIMENT_LOG}. */
@Manual(environment = {"SENTIMENT_LOG: text or json, where --log-format is not given"})
final class LogOptions {
  private static final String OPTION = "--log-format";
  private static final String VARIABLE = "SENTIMENT_LOG";

  @Option(
      names = OPTION,
      completionCandidates = Candidates.LogFormats.class,
      paramLabel = "FORMAT",
      description =
          "Log as text, or as json: one object a line, by the Elastic Common Schema (default:"
              + " $SENTIMENT_LOG, else text).")
  private @Nullable LogFormat format;

  /** Logs in this form from now on. */
  void apply(Shell shell) {
    Logs.write(format == null ? ofEnvironment(shell) : format);
  }

  /**
   * Whether what ends a command is told as JSON, too, even where its arguments cannot be read.
   *
   * @param command the one that failed
   */
  static boolean json(CommandSpec command, List<String> arguments, Shell shell) {
    if (!command.optionsMap().containsKey(OPTION)) {
      return false;
    }
    String format = shell.environment().getOrDefault(VARIABLE, "");
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(OPTION + "=")) {
        format = argument.substring(OPTION.length() + 1);
      } else if (argument.equals(OPTION) && i + 1 < arguments.size()) {
        format = arguments.get(i + 1);
      }
    }
    return format.equalsIgnoreCase(LogFormat.JSON.code());
  }

  private static LogFormat ofEnvironment(Shell shell) {
    String value = shell.environment().getOrDefault(VARIABLE, "");
    if (value.isEmpty()) {
      return LogFormat.TEXT;
    }
    return Arrays.stream(LogFormat.values())
        .filter(known -> known.code().equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "%s: \"%s\" is no format; give text or json".formatted(VARIABLE, value)));
  }
}
