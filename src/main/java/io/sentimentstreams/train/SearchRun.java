package io.sentimentstreams.train;

import io.sentimentstreams.yaml.YamlNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A training of a search.
 *
 * @param number from 1
 * @param values that it has of the search's fields, by path
 * @param settings all of its settings
 */
public record SearchRun(int number, Map<String, YamlNode> values, TrainingSettings settings) {
  public SearchRun {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** The values in a line: {@code network.dropout.rate 0.1, training.vectors none}. */
  public String text() {
    return text(values);
  }

  static String text(Map<String, YamlNode> values) {
    return values.entrySet().stream()
        .map(value -> value.getKey() + " " + plain(value.getValue()))
        .collect(Collectors.joining(", "));
  }

  /** The values as they are shown, by path. */
  Map<String, String> plain() {
    Map<String, String> plain = new LinkedHashMap<>();
    values.forEach((path, value) -> plain.put(path, plain(value)));
    return plain;
  }

  private static String plain(YamlNode node) {
    @Nullable Object value = node.value();
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + ": " + plain((YamlNode) entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(item -> plain((YamlNode) item))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value == null ? "none" : value.toString();
  }
}
