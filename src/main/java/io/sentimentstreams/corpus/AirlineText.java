package io.sentimentstreams.corpus;

import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of Twitter US Airline Sentiment (CrowdFlower 2015) as people wrote them. A replacement
 * of complaint names went over the published texts: every {@code cancel} became {@code Cancelled
 * Flight}, every {@code late} {@code Late Flight}, every {@code booking} {@code Flight Booking
 * Problems}, inside words too, so that "cancelled" reads "Cancelled Flightled", "later" "Late
 * Flightr", "related" "reLate Flightd" and "rebooking" "reFlight Booking Problems". Such words give
 * the label away and occur in no live tweet.
 */
final class AirlineText {
  private static final Map<String, String> ORIGINALS =
      Map.of(
          "Cancelled Flight",
          "cancel",
          "Late Flight",
          "late",
          "Flight Booking Problems",
          "booking");

  /** A replaced word, and a capital right after it. */
  private static final Pattern REPLACED =
      Pattern.compile("(Cancelled Flight|Late Flight|Flight Booking Problems)(?=(\\p{Lu})?)");

  private AirlineText() {}

  /** The replacement undone; in capitals where capitals follow. */
  static String restore(String text) {
    return REPLACED.matcher(text).replaceAll(match -> Matcher.quoteReplacement(original(match)));
  }

  private static String original(MatchResult match) {
    String word = ORIGINALS.getOrDefault(match.group(1), match.group());
    return match.group(2) == null ? word : word.toUpperCase(Locale.ROOT);
  }
}
