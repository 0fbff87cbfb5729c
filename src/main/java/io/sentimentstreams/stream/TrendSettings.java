package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.trend.TrendRules;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a route's labelled events are put together to trends.
 *
 * @param by what groups events: {@code key}, {@code all}, or a JSON pointer to fields of the input
 * @param rules of windows and alerts
 */
public record TrendSettings(String by, TrendRules rules) {
  static final String KEY = "key";
  static final String ALL = "all";

  public TrendSettings {
    if (!by.equals(KEY) && !by.equals(ALL) && !by.startsWith("/")) {
      throw new InvalidInputException(
          "trends: \"%s\", but key, all or a JSON pointer such as /airline is needed"
              .formatted(by));
    }
  }

  /** Where in the events the groups stand, null where not in the value. */
  @Nullable String pointer() {
    return by.startsWith("/") ? by : null;
  }

  /** An event's groups. Bytes of a key that are no UTF-8 become U+FFFD. */
  List<String> groups(LabelledRow.Done row) {
    return switch (by) {
      case ALL -> List.of(ALL);
      case KEY -> text(row.row().key());
      default -> row.event().groups();
    };
  }

  private static List<String> text(byte @Nullable [] key) {
    if (key == null || key.length == 0 || key.length > EventParser.MAXIMUM_GROUP_LENGTH) {
      return List.of();
    }
    return List.of(new String(key, UTF_8));
  }
}
