package io.sentimentstreams.cli;

import java.io.PrintStream;
import java.io.Serial;

/** Nobody reads the output any longer, as in {@code sentiment score ... | head}: no failure. */
final class BrokenPipeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private BrokenPipeException() {
    super("nobody reads the output any longer");
  }

  /** Flushes {@code out}, and ends the command where that fails. */
  static void flush(PrintStream out) {
    if (out.checkError()) {
      throw new BrokenPipeException();
    }
  }
}
