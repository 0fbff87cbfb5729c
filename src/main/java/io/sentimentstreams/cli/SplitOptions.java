package io.sentimentstreams.cli;

import static java.util.Objects.requireNonNullElse;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.Split;
import io.sentimentstreams.corpus.Splitter;
import io.sentimentstreams.model.Provenance;
import io.sentimentstreams.text.Texts;
import io.sentimentstreams.train.DataSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How labelled texts are divided into training, validation and test. */
final class SplitOptions {
  @Option(
      names = "--group-column",
      paramLabel = "NAME",
      description = "Column of what texts may share, such as an author (default: none).")
  private @Nullable String groupColumn;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      description =
          "Share of the texts that chooses the best epoch (default: the preset's, or 0.1).")
  private @Nullable Double validation;

  @Option(
      names = "--test",
      paramLabel = "SHARE",
      description = "Share of the texts for the final measures only (default: the preset's, or 0).")
  private @Nullable Double test;

  @Nullable String groupColumn() {
    return groupColumn;
  }

  Split split(Corpus corpus, DataSettings defaults, long seed) {
    return Splitter.split(corpus, validation(defaults), test(defaults), seed, Texts::normalised);
  }

  private double validation(DataSettings defaults) {
    return requireNonNullElse(validation, defaults.validation());
  }

  private double test(DataSettings defaults) {
    return requireNonNullElse(test, defaults.test());
  }

  Provenance.SplitDescription description(Split split, DataSettings defaults, long seed) {
    return new Provenance.SplitDescription(
        seed,
        validation(defaults),
        test(defaults),
        split.training().size(),
        split.validation().size(),
        split.test().size());
  }

  /** What came out, for people. */
  static String text(Corpus corpus, Split split) {
    return "%s: %,d texts with the labels %s: %,d for training, %,d for validation, %,d for test"
        .formatted(
            corpus.name(),
            corpus.texts().size(),
            String.join(", ", corpus.labels()),
            split.training().size(),
            split.validation().size(),
            split.test().size());
  }
}
