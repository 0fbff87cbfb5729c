package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form a process that runs for long logs: {@code --log-format}, {@code SENTIMENT_LOG}. */
final class LogOptions {
  private static final String VARIABLE = "SENTIMENT_LOG";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description =
          "Log as text, or as json: one object a line, by the Elastic Common Schema (default:"
              + " $SENTIMENT_LOG, else text).")
  private @Nullable LogFormat format;

  /** Logs in this form from now on. */
  void apply(Shell shell) {
    Logs.write(format == null ? ofEnvironment(shell) : format);
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
