package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.bench.TextMixture;
import io.sentimentstreams.corpus.InputRow;
import io.sentimentstreams.corpus.TextReader;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.TextEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Texts that benchmarks are run on: a user's, or mixed of the sample tweets. */
final class BenchTexts {
  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Texts in stream order: CSV, TSV, JSON lines or plain text, gzip or not.")
  private @Nullable Path file;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "Column, or JSON field or pointer, of the texts of --texts (default: the first column"
              + " with a usual name, the field text).")
  private @Nullable String textColumn;

  @Option(
      names = "--seed",
      defaultValue = "7",
      paramLabel = "N",
      description = "Of everything random (default: ${DEFAULT-VALUE}).")
  private long seed;

  boolean areGiven() {
    return file != null;
  }

  boolean columnIsGiven() {
    return textColumn != null;
  }

  long seed() {
    return seed;
  }

  /** The texts in words. */
  String name() {
    return file == null ? "mixtures of the sample tweets" : "texts of " + file.getFileName();
  }

  /**
   * The texts of the file; without one, seeded mixtures.
   *
   * @param most texts; a file may have fewer
   */
  List<String> read(int most) {
    if (file == null) {
      TextMixture mixture = new TextMixture(sampleTweets(), seed);
      return Stream.generate(mixture::next).limit(most).toList();
    }
    List<String> texts = new ArrayList<>();
    try (TextReader rows = TextReader.open(file, textColumn)) {
      EventParser parser = parser(EventFormat.JSON, textColumn);
      while (rows.hasNext() && texts.size() < most) {
        addText(rows.next(), parser, texts);
      }
    }
    if (texts.isEmpty()) {
      throw new InvalidInputException(
          "--texts %s: has no text; name the column or field that holds it with --text-column"
              .formatted(file));
    }
    return texts;
  }

  private static List<String> sampleTweets() {
    EventParser parser = parser(EventFormat.JSON, null);
    List<String> texts = new ArrayList<>();
    for (DemoEvent event : Samples.all()) {
      if (event.route().equals("tweets") && parser.parse(event.value()) instanceof TextEvent text) {
        texts.add(text.text());
      }
    }
    return texts;
  }

  /** Adds the row's text, where it has one to label. */
  private static void addText(InputRow row, EventParser parser, List<String> to) {
    byte[] value =
        row instanceof InputRow.Text text
            ? text.text().getBytes(UTF_8)
            : ((InputRow.Event) row).value();
    EventParser of = row instanceof InputRow.Text ? parser(EventFormat.TEXT, null) : parser;
    if (of.parse(value) instanceof TextEvent text) {
      to.add(text.text());
    }
  }

  private static EventParser parser(EventFormat format, @Nullable String column) {
    String pointer =
        column == null ? EventParser.DEFAULT_TEXT_POINTER : DemoSettings.pointer(column);
    return new EventParser(format, pointer, null, EventParser.DEFAULT_MAXIMUM_TEXT_BYTES);
  }
}
