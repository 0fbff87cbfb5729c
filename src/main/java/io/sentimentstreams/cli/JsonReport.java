package io.sentimentstreams.cli;

import picocli.CommandLine.Option;

/** Whether a report is a table for people, or JSON for machines. */
final class JsonReport {
  @Option(
      names = "--json",
      description =
          "Write one JSON object to standard output, its last line, and all else to standard"
              + " error.")
  private boolean json;

  void print(Shell shell, String table, String object) {
    (json ? shell.err() : shell.out()).println(table);
    if (json) {
      shell.out().println(object);
    }
    BrokenPipeException.flush(shell.out());
  }
}
