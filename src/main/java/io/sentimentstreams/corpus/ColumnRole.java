package io.sentimentstreams.corpus;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A role that a column of a table can have, and the names it usually goes by. */
enum ColumnRole {
  TEXT(
      "text",
      "--text-column",
      List.of(
          "text",
          "sentence",
          "review",
          "tweet",
          "content",
          "comment",
          "message",
          "body",
          "review_text",
          "full_text",
          "phrase")),
  LABEL(
      "label",
      "--label-column",
      List.of(
          "label", "sentiment", "airline_sentiment", "class", "category", "polarity", "target")),
  GROUP("group", "--group-column", List.of()),
  CONFIDENCE(
      "confidence",
      "--confidence-column",
      List.of(
          "confidence",
          "airline_sentiment_confidence",
          "sentiment_confidence",
          "label_confidence")),
  ID("id", "--id-column", List.of("id", "tweet_id", "review_id", "event_id"));

  private final String role;
  private final String option;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> usualNames;

  ColumnRole(String role, String option, List<String> usualNames) {
    this.role = role;
    this.option = option;
    this.usualNames = usualNames;
  }

  /** The column's index in the header: the wanted one, or else the first of the usual names. */
  int find(Path path, List<String> header, @Nullable String wanted) {
    return lookup(header, wanted).orElseThrow(() -> missing(path, header, wanted));
  }

  /** The column's index if the header has it. */
  OptionalInt lookup(List<String> header, @Nullable String wanted) {
    return wanted == null ? usual(header) : indexOf(header, wanted);
  }

  /** The index of the first of the usual names that the header has. */
  OptionalInt usual(List<String> header) {
    return usualNames.stream()
        .map(name -> indexOf(header, name))
        .flatMapToInt(OptionalInt::stream)
        .findFirst();
  }

  private static OptionalInt indexOf(List<String> header, String name) {
    int exact = header.indexOf(name);
    return exact >= 0
        ? OptionalInt.of(exact)
        : IntStream.range(0, header.size())
            .filter(i -> header.get(i).strip().equalsIgnoreCase(name.strip()))
            .findFirst();
  }

  InvalidInputException missing(Path path, List<String> header, @Nullable String wanted) {
    String what =
        wanted == null
            ? "no column is named like a %s (%s)".formatted(role, String.join(", ", usualNames))
            : "has no column %s".formatted(wanted);
    return new InvalidInputException(
        "data %s: %s; its columns are: %s; name one with %s"
            .formatted(path, what, String.join(", ", header), option));
  }
}
