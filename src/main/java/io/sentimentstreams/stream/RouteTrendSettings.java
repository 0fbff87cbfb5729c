package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.trend.AlertRule;
import io.sentimentstreams.trend.TrendRules;
import io.sentimentstreams.trend.Windows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a route's trends, which has none by default. */
final class RouteTrendSettings {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofSeconds(10);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int GROUPS = 10_000;
  private static final int EVENTS = 50;
  private static final String LABEL = "negative";

  /** How much an alert's end is below its beginning, where nothing is said. */
  private static final double HYSTERESIS = 0.1;

  private static final List<String> OF_TRENDS =
      List.of(
          Setting.TRENDS_WINDOW,
          Setting.TRENDS_ADVANCE,
          Setting.TRENDS_GRACE,
          Setting.TRENDS_IDLE,
          Setting.TRENDS_GROUPS,
          Setting.ALERT_ABOVE,
          Setting.ALERT_BELOW,
          Setting.ALERT_EVENTS,
          Setting.ALERT_LABEL);

  private static final List<String> OF_ALERTS =
      List.of(Setting.ALERT_BELOW, Setting.ALERT_EVENTS, Setting.ALERT_LABEL);

  private RouteTrendSettings() {}

  /**
   * The settings after a prefix such as {@code routes.tweets.}.
   *
   * @return null where the route has no trends
   */
  static @Nullable TrendSettings read(SettingsLayers layers, String prefix) {
    if (!layers.has(prefix + Setting.TRENDS)) {
      requireNone(layers, prefix, OF_TRENDS, Setting.TRENDS);
      return null;
    }
    try {
      Duration window = layers.duration(prefix + Setting.TRENDS_WINDOW, WINDOW);
      return new TrendSettings(
          layers.text(prefix + Setting.TRENDS),
          new TrendRules(
              new Windows(
                  window,
                  layers.duration(prefix + Setting.TRENDS_ADVANCE, window),
                  layers.duration(prefix + Setting.TRENDS_GRACE, GRACE)),
              layers.duration(prefix + Setting.TRENDS_IDLE, IDLE),
              layers.integer(prefix + Setting.TRENDS_GROUPS, GROUPS),
              alert(layers, prefix)));
    } catch (InvalidInputException wrong) {
      String message = String.valueOf(wrong.getMessage());
      throw message.startsWith(prefix)
          ? wrong
          : new InvalidInputException(prefix + "trends: " + message, wrong);
    }
  }

  private static Optional<AlertRule> alert(SettingsLayers layers, String prefix) {
    if (!layers.has(prefix + Setting.ALERT_ABOVE)) {
      requireNone(layers, prefix, OF_ALERTS, Setting.ALERT_ABOVE);
      return Optional.empty();
    }
    double above = layers.share(prefix + Setting.ALERT_ABOVE, 1);
    return Optional.of(
        new AlertRule(
            layers.text(prefix + Setting.ALERT_LABEL, LABEL),
            above,
            layers.share(prefix + Setting.ALERT_BELOW, Math.max(0, above - HYSTERESIS)),
            layers.integer(prefix + Setting.ALERT_EVENTS, EVENTS)));
  }

  private static void requireNone(
      SettingsLayers layers, String prefix, List<String> dependent, String missing) {
    for (String setting : dependent) {
      if (layers.has(prefix + setting)) {
        throw new InvalidInputException(
            "%s: of no effect without %s".formatted(prefix + setting, prefix + missing));
      }
    }
  }
}
