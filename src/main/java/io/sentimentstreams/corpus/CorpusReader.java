package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads labelled text, whichever of these it is:
 *
 * <ul>
 *   <li>a folder or tar archive: IMDB or 20 Newsgroups in its official layout, see {@link
 *       ImdbReader} and {@link NewsgroupsReader};
 *   <li>JSON lines, by the extensions {@code jsonl}, {@code ndjson}, {@code json} or a brace at the
 *       start: an object a line;
 *   <li>any other file: a table with a header, see {@link TableReader}. Where its label is the
 *       column {@code airline_sentiment}, it is Twitter US Airline Sentiment, whose texts {@link
 *       AirlineText} restores. SST-2 as GLUE has it ({@code sentence, label}) is such a table, and
 *       so are the tweets of SemEval, with a header or, as {@link SemEvalLayout} says, without.
 * </ul>
 *
 * <p>Files are UTF-8, save posts of newsgroups, with or without a byte order mark, and gzip or not
 * by their first bytes. Texts of tables and JSON lines go through {@link Unescape}. A row whose
 * text or label is empty is left out and counted in {@link Corpus#skippedRows}, one that {@link
 * ConfidenceCut} does not keep in {@link Corpus#uncertainRows}.
 */
public final class CorpusReader {
  private static final String AIRLINE_LABEL = "airline_sentiment";

  private CorpusReader() {}

  /**
   * Reads it all into memory.
   *
   * @throws InvalidInputException where there is no such file or column, or a row is malformed; the
   *     message names the file and the line
   */
  public static Corpus read(CorpusSource source) {
    Corpus corpus = readAll(source);
    if (source.confidence() != null) {
      source.confidence().tell(corpus);
    }
    return corpus;
  }

  private static Corpus readAll(CorpusSource source) {
    Path path = source.path();
    if (Files.isDirectory(path)) {
      return FolderReader.readFolder(source);
    }
    try (DataFile file = DataFile.open(path)) {
      if (file.isTar()) {
        return FolderReader.readTar(file, source);
      }
      source.requireNothingToStrip();
      return JsonLinesReader.isJsonLines(file)
          ? JsonLinesReader.read(file, source)
          : readTable(file, source);
    }
  }

  private static Corpus readTable(DataFile file, CorpusSource source) {
    TableReader table = new TableReader(file);
    List<String> header = table.header();
    int text = ColumnRole.TEXT.find(file.path(), header, source.textColumn());
    int label = ColumnRole.LABEL.find(file.path(), header, source.labelColumn());
    int group = groupColumn(file, header, source.groupColumn());
    ConfidenceCut cut = source.confidence();
    int confidence = cut == null ? ConfidenceCut.NONE : cut.find(file, header);
    boolean airline = header.get(label).equals(AIRLINE_LABEL);
    CorpusBuilder corpus = new CorpusBuilder();
    for (TableReader.Row row = table.next(); row != null; row = table.next()) {
      List<String> cells = row.cells();
      String cell = airline ? AirlineText.restore(cells.get(text)) : cells.get(text);
      boolean certain =
          cut == null
              || confidence == ConfidenceCut.NONE
              || cut.keeps(file, row.line(), cells.get(confidence));
      corpus.add(
          Unescape.unescape(cell), cells.get(label), group < 0 ? null : cells.get(group), certain);
    }
    return corpus.build(file.path());
  }

  private static int groupColumn(DataFile file, List<String> header, @Nullable String wanted) {
    return wanted == null ? -1 : ColumnRole.GROUP.find(file.path(), header, wanted);
  }
}
