package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.bench.Workload;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long the texts of a benchmark are whose words are random. */
final class LengthOptions {
  @Option(
      names = "--lengths",
      paramLabel = "FILE",
      description =
          "Lengths of texts in tokens, one a line, in the order of the stream or the training; the"
              + " words are random.")
  private @Nullable Path lengths;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Every text has so many tokens (default with --network: 32, in training 100).")
  private @Nullable Integer length;

  @Option(
      names = "--rows",
      defaultValue = "4096",
      paramLabel = "N",
      description = "Most different texts (default: ${DEFAULT-VALUE}).")
  private int rows;

  boolean areGiven() {
    return lengths != null || length != null;
  }

  boolean areBothGiven() {
    return lengths != null && length != null;
  }

  /** Most different texts. */
  int rows() {
    if (rows < 1) {
      throw new InvalidInputException("--rows is %d, but must be at least 1".formatted(rows));
    }
    return rows;
  }

  /**
   * The texts.
   *
   * @param usual length where none is given
   */
  Workload workload(int usual, long seed) {
    int count = rows();
    if (lengths != null) {
      return Workload.lengths(lengths, count, seed);
    }
    int tokens = length == null ? usual : length;
    return new Workload.Lengths(
        String.format(Locale.ROOT, "%d tokens each", tokens),
        Collections.nCopies(count, tokens),
        seed);
  }
}
