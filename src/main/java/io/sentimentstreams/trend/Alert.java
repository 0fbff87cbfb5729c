package io.sentimentstreams.trend;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A group's alert begins, or ends.
 *
 * @param kind which of both
 * @param rule by which
 * @param since the end of the window that it began in, milliseconds since the epoch
 * @param window that decided it; null where the group has no events any more, which ends an alert
 */
public record Alert(Kind kind, AlertRule rule, long since, @Nullable Trend window) {
  /** What happens to an alert. */
  public enum Kind {
    BEGIN,
    END;

    /** As documents have it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
