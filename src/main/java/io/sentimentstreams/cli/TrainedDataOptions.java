package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.ConfidenceCut;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.model.Provenance;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labelled texts of which a model may have been trained on some. */
final class TrainedDataOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Mixin
  private DataOptions data;

  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "As it was given to 'sentiment train' (default: none).")
  private @Nullable String groupColumn;

  /** Reads them without the rows that the training left out, unless the options name others. */
  Corpus read(Provenance provenance) {
    ConfidenceCut cut =
        provenance.settings().get(ConfidenceCut.ABOVE) instanceof Number above
            ? new ConfidenceCut(null, above.doubleValue(), false)
            : null;
    return data.read(groupColumn, cut);
  }

  /** The split of the training, where these are its texts and they can be split as they were. */
  static Optional<Split> split(Corpus corpus, Provenance provenance) {
    if (!corpus.sha256().equals(provenance.data().sha256())) {
      return Optional.empty();
    }
    Split split;
    try {
      split = SplitOptions.splitAgain(corpus, provenance);
    } catch (InvalidInputException e) {
      return Optional.empty(); // such as groups, where no column of groups was named
    }
    return SplitOptions.isSplitOf(provenance, split) ? Optional.of(split) : Optional.empty();
  }
}
