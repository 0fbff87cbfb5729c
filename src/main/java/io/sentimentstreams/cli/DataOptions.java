package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.corpus.ConfidenceCut;
import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.CorpusReader;
import io.sentimentstreams.corpus.CorpusSource;
import io.sentimentstreams.corpus.LabelMapping;
import io.sentimentstreams.corpus.PostPart;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which labelled texts a command reads. */
final class DataOptions {
  @SuppressWarnings("NullAway.Init") // picocli sets it: it is required
  @Option(
      names = "--data",
      required = true,
      paramLabel = "PATH",
      description =
          "Labelled texts: a CSV, TSV or JSON-lines file, Twitter US Airline Sentiment,"
              + " SemEval, SST-2, or IMDB or 20 Newsgroups as its folder or tar; gzip or not.")
  private Path data;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description = "Column of the texts (default: the first with a usual name).")
  private @Nullable String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description = "Column of the labels (default: the first with a usual name).")
  private @Nullable String labelColumn;

  @Option(
      names = "--labels",
      paramLabel = "LABEL=NAME,...",
      converter = LabelMappingConverter.class,
      description =
          "Other names for the labels in the data, such as 0=negative,1=positive; all of them, a"
              + " LABEL alone stays as it is (default: as they are).")
  private @Nullable LabelMapping labels;

  @Option(
      names = "--part",
      completionCandidates = Candidates.Parts.class,
      paramLabel = "PART",
      description =
          "Which part of IMDB or 20 Newsgroups: train or test (default: train, or the only one).")
  private CorpusSource.@Nullable Part part;

  @Option(
      names = "--strip",
      completionCandidates = Candidates.PostParts.class,
      split = ",",
      paramLabel = "PARTS",
      converter = PostPartConverter.class,
      description =
          "Parts of the posts of 20 Newsgroups to leave out: headers, footers, quotes"
              + " (default: none).")
  private Set<PostPart> strip = EnumSet.noneOf(PostPart.class);

  @Option(
      names = "--confidence-above",
      paramLabel = "X",
      description =
          "Leave out the rows of a table whose confidence is not above X, such as 0.5; they are"
              + " counted (default: none, or what the preset says).")
  private @Nullable Double confidenceAbove;

  @Option(
      names = "--confidence-column",
      paramLabel = "NAME",
      description = "Column of the confidence (default: the first with a usual name).")
  private @Nullable String confidenceColumn;

  /** Reads them, without regard to groups. */
  Corpus read() {
    return read(null, null);
  }

  /**
   * Reads them.
   *
   * @param groupColumn see {@link CorpusSource}; null for no groups
   * @param preset which rows to leave out where the options do not say; null for none
   */
  Corpus read(@Nullable String groupColumn, @Nullable ConfidenceCut preset) {
    Corpus corpus =
        CorpusReader.read(
            new CorpusSource(
                data, textColumn, labelColumn, groupColumn, part, strip, confidence(preset)));
    return labels == null ? corpus : labels.apply(corpus);
  }

  /** What was left out, for the provenance. */
  Map<String, Object> notes(Corpus corpus, @Nullable ConfidenceCut preset) {
    ConfidenceCut cut = confidence(preset);
    return cut != null && corpus.uncertainRows() > 0 ? cut.describe(corpus) : Map.of();
  }

  /** The rows to leave out: what the options say, else the preset. */
  @Nullable ConfidenceCut confidence(@Nullable ConfidenceCut preset) {
    if (confidenceAbove != null) {
      return new ConfidenceCut(confidenceColumn, confidenceAbove, true);
    }
    if (confidenceColumn == null) {
      return preset;
    }
    if (preset == null) {
      throw new InvalidInputException(
          "--confidence-column is %s, but there is no bound: add --confidence-above, such as 0.5"
              .formatted(confidenceColumn));
    }
    return new ConfidenceCut(confidenceColumn, preset.above(), true);
  }
}
