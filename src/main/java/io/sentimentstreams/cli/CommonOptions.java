package io.sentimentstreams.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
final class CommonOptions {
  @Option(
      names = {"-v", "--verbose"},
      order = 100, // after a command's own
      description = "Log more, and show the stack trace where something fails.")
  boolean verbose;

  @Option(
      names = {"-h", "--help"},
      order = 101,
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
