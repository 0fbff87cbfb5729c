package io.sentimentstreams.trend;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Trends and alerts as JSON; the forms are those of {@code topics/schemas/trend.schema.json} and
 * {@code alert.schema.json}. Means and shares have up to six decimals, never an exponent.
 */
public final class TrendWriter {
  private static final int DECIMALS = 6;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN).build();

  private TrendWriter() {}

  /** A window of a group of a route, in UTF-8. */
  public static byte[] trend(String route, String group, Trend trend) {
    ObjectNode json = JSON.createObjectNode().put("route", route).put("group", group);
    return bytes(json.setAll(window(trend)));
  }

  /** The fields of a window without route and group. */
  public static ObjectNode window(Trend trend) {
    ObjectNode json = JSON.createObjectNode();
    json.put("windowStart", time(trend.start())).put("windowEnd", time(trend.end()));
    json.put("events", trend.tally().events());
    ObjectNode labels = json.putObject("labels");
    trend.tally().labels().forEach(labels::put);
    put(json, "score", trend.tally().score());
    put(json, "sentiment", trend.tally().sentiment());
    put(json, "change", trend.change());
    return json;
  }

  /** An alert of a group of a route, in UTF-8. */
  public static byte[] alert(String route, String group, Alert alert) {
    AlertRule rule = alert.rule();
    ObjectNode json = JSON.createObjectNode().put("route", route).put("group", group);
    json.put("state", alert.kind().code()).put("label", rule.label());
    Trend window = alert.window();
    if (window != null) {
      long events = window.tally().events();
      json.put("share", rounded((double) window.tally().events(rule.label()) / events));
      json.put("events", events);
      json.put("windowStart", time(window.start())).put("windowEnd", time(window.end()));
    }
    json.put("above", rounded(rule.above())).put("below", rounded(rule.below()));
    return bytes(json.put("since", time(alert.since())));
  }

  private static void put(ObjectNode json, String field, OptionalDouble value) {
    value.ifPresent(number -> json.put(field, rounded(number)));
  }

  private static BigDecimal rounded(double number) {
    BigDecimal rounded = BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("a trend that has no JSON form", impossible);
    }
  }
}
