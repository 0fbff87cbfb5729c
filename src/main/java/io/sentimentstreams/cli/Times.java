package io.sentimentstreams.cli;

import io.sentimentstreams.InvalidInputException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Points in time as people write them. */
final class Times {
  private static final Pattern AGO = Pattern.compile("(\\d{1,6})(s|m|h|d)");

  private Times() {}

  /**
   * Reads {@code 2026-11-22T10:00:00Z} (or with an offset), {@code 2026-11-22} (its beginning, in
   * UTC), or how long ago: {@code 30s}, {@code 30m}, {@code 2h}, {@code 7d}.
   *
   * @param option begins the message of what cannot be read
   */
  static Instant parse(String option, String text, InstantSource clock) {
    Matcher ago = AGO.matcher(text);
    if (ago.matches()) {
      return clock.instant().minus(duration(Long.parseLong(ago.group(1)), ago.group(2)));
    }
    try {
      return text.contains("T")
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException notATime) {
      throw new InvalidInputException(
          "%s: \"%s\" is no time; give 2026-11-22T10:00:00Z, 2026-11-22, or so long ago: 30m, 2h, 7d"
              .formatted(option, text),
          notATime);
    }
  }

  private static Duration duration(long count, String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
  }
}
