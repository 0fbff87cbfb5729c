package io.sentimentstreams.train;

import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A field that a search varies.
 *
 * @param path in a training's file, such as {@code training.learning_rate}
 * @param values to be tried; empty where there is a range
 * @param range to draw from; null where there are values
 */
record SearchField(String path, List<YamlNode> values, @Nullable Range range) {
  SearchField {
    values = List.copyOf(values);
  }

  /** How numbers of a range are spread. */
  private enum Scale {
    LINEAR,
    LOG
  }

  /** Numbers between two, the whole ones alone or all. */
  record Range(double from, double to, boolean log, boolean whole) {}

  static List<SearchField> all(YamlNode node, SearchSpace.Method method) {
    if (!(node.value() instanceof Map<?, ?> map) || map.isEmpty()) {
      throw node.error(
          "fields: needs paths with values, such as \"network.dropout.rate: [0, 0.5]\"");
    }
    List<SearchField> fields = new ArrayList<>();
    map.forEach((path, values) -> fields.add(of((String) path, (YamlNode) values, method)));
    return fields;
  }

  private static SearchField of(String path, YamlNode node, SearchSpace.Method method) {
    if (node.value() instanceof List<?> list && !list.isEmpty()) {
      return new SearchField(path, list.stream().map(YamlNode.class::cast).toList(), null);
    }
    if (node.value() instanceof Map && method == SearchSpace.Method.RANDOM) {
      return new SearchField(path, List.of(), range(path, node));
    }
    throw node.error(
        "fields: %s needs a list of values%s, but is %s"
            .formatted(
                path,
                method == SearchSpace.Method.RANDOM
                    ? ", or a range such as {from: 0.0001, to: 0.01, scale: log}"
                    : " (a range is for method: random)",
                node));
  }

  private static Range range(String path, YamlNode node) {
    YamlFields fields =
        new YamlFields(node, "fields: " + path, List.of("from", "to", "scale", "whole"));
    double from = number(fields, "from");
    double to = number(fields, "to");
    boolean log = fields.choice("scale", Scale.LINEAR) == Scale.LOG;
    if (!(from < to) || (log && from <= 0)) {
      throw fields.error(
          fields.node("from"),
          "from is %s and to is %s, but must be %s"
              .formatted(
                  from, to, log ? "above 0 and less than to, for scale: log" : "less than to"));
    }
    return new Range(from, to, log, fields.flag("whole", false));
  }

  private static double number(YamlFields fields, String name) {
    YamlNode node = fields.node(name);
    return fields.number(name, node.line());
  }

  /** Whether runs with other values of it have losses that cannot be compared. */
  boolean changesLoss() {
    return path.startsWith("training.class_weight") && values.size() != 1;
  }

  YamlNode draw(RandomGenerator random) {
    if (range == null) {
      return values.get(random.nextInt(values.size()));
    }
    double share = random.nextDouble();
    double drawn =
        range.log()
            ? range.from() * Math.pow(range.to() / range.from(), share)
            : range.from() + share * (range.to() - range.from());
    return new YamlNode(
        0,
        range.whole()
            ? BigInteger.valueOf(Math.round(drawn))
            : Double.valueOf(String.format(Locale.ROOT, "%.4g", drawn)));
  }
}
