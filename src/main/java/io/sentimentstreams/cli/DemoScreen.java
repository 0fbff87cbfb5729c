package io.sentimentstreams.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Shows events as they come, with running totals: a line that is written anew at the bottom of a
 * terminal, else one every few seconds. Where more events come than anybody reads, it shows some of
 * each second's. For one thread.
 */
final class DemoScreen {
  /** Most events shown a second. */
  private static final int LINES_PER_SECOND = 200;

  /** Characters of a text that are shown. */
  private static final int TEXT_LENGTH = 90;

  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
  private static final String CLEAR_LINE = "\r\033[2K";

  /** White space, control characters, and those that turn the direction of writing. */
  private static final Pattern STEERING =
      Pattern.compile("[\\s\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]+");

  private final PrintStream to;
  private final boolean terminal;
  private final boolean colours;
  private final LongSupplier nanoTime;
  private final long startNanos;
  private final Duration totalsEvery;
  private long totalsAtNanos;
  private long second = -1;
  private int shownThisSecond;
  private long hidden;

  /**
   * @param terminal whether {@code to} is one, so that a line can be written anew
   * @param nanoTime such as {@link System#nanoTime()}
   */
  DemoScreen(PrintStream to, boolean terminal, boolean colours, LongSupplier nanoTime) {
    this.to = to;
    this.terminal = terminal;
    this.colours = colours;
    this.nanoTime = nanoTime;
    this.startNanos = nanoTime.getAsLong();
    this.totalsEvery = terminal ? Duration.ofMillis(200) : Duration.ofSeconds(5);
    this.totalsAtNanos = startNanos;
  }

  /** Whether one more event may be shown; where not, it counts as not shown. */
  boolean takes() {
    long now = (nanoTime.getAsLong() - startNanos) / SECOND_NANOS;
    if (now != second) {
      second = now;
      shownThisSecond = 0;
    }
    if (shownThisSecond == LINES_PER_SECOND) {
      hidden++;
      return false;
    }
    shownThisSecond++;
    return true;
  }

  /** Shows a labelled event. */
  void labelled(String label, double score, String text) {
    String verdict = String.format(Locale.ROOT, "%-9s %.2f", label, score);
    line(paint(colour(label), verdict) + "  " + shortened(text));
  }

  /** Shows a dead letter; {@code text} is what can be read of it. */
  void deadLettered(String reason, String text) {
    line(paint("35", "dead letter") + "     " + reason + "  " + shortened(text));
  }

  /** Shows the totals, if it is time to. */
  void totals(RunTally.Counts counts) {
    long now = nanoTime.getAsLong();
    if (now - totalsAtNanos < totalsEvery.toNanos()) {
      return;
    }
    totalsAtNanos = now;
    double seconds = (now - startNanos) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%,d in  %,d labelled  %,d dead  %,.0f/s  %s%s",
            counts.in(),
            counts.out(),
            counts.deadLettered(),
            counts.done() / seconds,
            shares(counts.labels(), counts.out()),
            hidden > 0 ? String.format(Locale.ROOT, "  (%,d not shown)", hidden) : "");
    to.print(terminal ? CLEAR_LINE + line : "-- " + line + System.lineSeparator());
    BrokenPipeException.flush(to);
  }

  /** Ends the line of totals. */
  void finish() {
    if (terminal) {
      to.print(CLEAR_LINE);
    }
    if (hidden > 0) {
      to.printf(
          Locale.ROOT,
          "(%,d events not shown: no more than %d a second are)%n",
          hidden,
          LINES_PER_SECOND);
    }
    to.flush();
  }

  private void line(String line) {
    to.println((terminal ? CLEAR_LINE : "") + line);
  }

  private String paint(String code, String text) {
    return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
  }

  private static String colour(String label) {
    return switch (label) {
      case "positive" -> "32";
      case "negative" -> "31";
      case "neutral" -> "33";
      default -> "36";
    };
  }

  /** On one line, without what would steer the terminal or the direction of writing, cut to fit. */
  private static String shortened(String text) {
    String line = STEERING.matcher(text).replaceAll(" ").strip();
    if (line.codePointCount(0, line.length()) <= TEXT_LENGTH) {
      return line;
    }
    return line.substring(0, line.offsetByCodePoints(0, TEXT_LENGTH - 1)) + "…";
  }

  private static String shares(Map<String, Long> labels, long out) {
    StringJoiner shares = new StringJoiner("  ");
    labels.forEach(
        (label, count) -> shares.add("%s %d%%".formatted(label, Math.round(100.0 * count / out))));
    return shares.toString();
  }
}
