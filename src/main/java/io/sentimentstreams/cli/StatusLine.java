package io.sentimentstreams.cli;

import java.io.PrintStream;

/**
 * Lines that stay, and below them one that is written anew; on something else than a terminal, the
 * lines that stay alone. Safe for use by several threads.
 */
final class StatusLine {
  private static final String CLEAR = "\r\033[2K";

  private final PrintStream to;
  private final boolean terminal;
  private String status = "";

  StatusLine(PrintStream to, boolean terminal) {
    this.to = to;
    this.terminal = terminal;
  }

  /** Writes a line that stays. */
  synchronized void line(String line) {
    to.println(terminal ? CLEAR + line : line);
    to.print(status);
    to.flush();
  }

  /** Replaces the line below. */
  synchronized void status(String line) {
    if (terminal) {
      status = line;
      to.print(CLEAR + line);
      to.flush();
    }
  }

  /** Takes the line below away. */
  synchronized void clear() {
    status("");
  }
}
