package io.sentimentstreams.cli;

/** The exit statuses of every command. */
final class ExitCode {
  static final int DONE = 0;

  /** Something broke: the broker, the disk, the program. */
  static final int FAILED = 1;

  /** An option, a file or a setting cannot be used. */
  static final int USAGE = 2;

  /** What was compared differs; of commands whose help says so. */
  static final int DIFFERENT = 3;

  private ExitCode() {}
}
