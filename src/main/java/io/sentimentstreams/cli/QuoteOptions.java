package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import picocli.CommandLine.Option;

/** How much of the data a report shows. */
final class QuoteOptions {
  @Option(
      names = "--report-texts",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "Most mistakes, and most samples, whose texts the report shows; 0 for no text of the data"
              + " in it (default: ${DEFAULT-VALUE}).")
  private int most;

  /** How many, of each kind. */
  int most() {
    if (most < 0) {
      throw new InvalidInputException(
          "--report-texts is %d, but must be 0 or more".formatted(most));
    }
    return most;
  }
}
