package io.sentimentstreams.cli;

import io.sentimentstreams.corpus.Corpus;
import io.sentimentstreams.corpus.CorpusReader;
import io.sentimentstreams.corpus.CorpusSource;
import java.nio.file.Path;
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
              + " or IMDB as its folder or tar; gzip or not.")
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
      names = "--part",
      paramLabel = "PART",
      description = "Which part of IMDB: train or test (default: train, or the only one).")
  private CorpusSource.@Nullable Part part;

  /**
   * Reads them.
   *
   * @param groupColumn see {@link CorpusSource}; null for no groups
   */
  Corpus read(@Nullable String groupColumn) {
    return CorpusReader.read(new CorpusSource(data, textColumn, labelColumn, groupColumn, part));
  }
}
