package io.sentimentstreams.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command sees of the process it runs in; tests give it one of their own.
 *
 * @param in standard input
 * @param out standard output: results, for people or machines; UTF-8
 * @param err standard error: notices, progress, errors; UTF-8
 * @param environment the environment variables
 * @param home the project's folder, where {@code models/} and {@code topics/} are
 * @param outIsTerminal whether a person reads {@code out} as it comes
 * @param errIsTerminal whether a person reads {@code err} as it comes
 * @param columns width of {@code err}'s terminal, in characters
 * @param signals how the process is told to stop
 */
record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    Path home,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int columns,
    Signals signals) {
  Shell {
    environment = Map.copyOf(environment);
  }

  /** Whether to colour what goes to {@code stream}: only on a terminal, and see no-color.org. */
  boolean colours(PrintStream stream) {
    boolean terminal = stream == out ? outIsTerminal : errIsTerminal;
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }
}
