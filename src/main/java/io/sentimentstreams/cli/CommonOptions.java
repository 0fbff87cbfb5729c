package io.sentimentstreams.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
@Manual(
    environment = {
      "JAVA_HOME: the JDK, 17 or later (default: the java on the PATH)",
      "SENTIMENT_JAVA_OPTS: more options of the JVM, such as -Xmx4g; JAVA_OPTS is read too",
      "SENTIMENT_MAVEN_ARGS: more options of Maven, where sources have changed and are built first",
      "SENTIMENT_DEBUG: not empty: stack traces, as with --verbose",
      "OMP_NUM_THREADS: threads of each call of the linear algebra (default: 1)",
      "NO_COLOR: not empty: no colours on a terminal"
    })
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
