package io.sentimentstreams.report;

import java.util.Locale;

/** Numbers as text, the same in every locale. */
final class Numbers {
  private static final int MINUTE = 60;
  private static final int HOUR = 60 * MINUTE;

  private Numbers() {}

  /** {@code 12,345}. */
  static String count(long number) {
    return format("%,d", number);
  }

  /** Four decimals, as measures are told everywhere: {@code 0.7962}. */
  static String share(double share) {
    return format("%.4f", share);
  }

  /** {@code 79.6%}. */
  static String percent(double share) {
    return format("%.1f%%", 100 * share);
  }

  /** Two decimals: {@code 0.97}. */
  static String score(double score) {
    return format("%.2f", score);
  }

  /** {@code 9 s}, {@code 4 min 07 s} or {@code 2 h 05 min}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < MINUTE) {
      return seconds < 10 ? format("%.1f s", seconds) : format("%d s", whole);
    }
    return whole < HOUR
        ? format("%d min %02d s", whole / MINUTE, whole % MINUTE)
        : format("%d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
  }

  /** A coordinate of a drawing. */
  static String point(double value) {
    return format("%.1f", value);
  }

  /** With so many decimals. */
  static String decimals(double value, int digits) {
    return format("%." + digits + "f", value);
  }

  private static String format(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
