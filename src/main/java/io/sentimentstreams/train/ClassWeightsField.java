package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The setting {@code class_weights}: {@code none}, {@code balanced}, or a weight by label. */
final class ClassWeightsField {
  private ClassWeightsField() {}

  static TrainingField of() {
    return new TrainingField(
        "class_weights",
        "classWeights",
        "WEIGHTS",
        List.of(),
        "How much each label counts in the loss: none, balanced, or weights such as"
            + " negative=1,positive=2.5; labels not named count 1.",
        (fields, key, builder) -> builder.classWeighting(read(fields, key)),
        settings ->
            settings.classWeighting().given().isEmpty()
                ? Optional.empty()
                : Optional.of(settings.classWeighting().toString()),
        settings -> Optional.empty());
  }

  private static ClassWeighting read(YamlFields fields, String key) {
    YamlNode node = fields.node(key);
    Map<String, Double> weights = new LinkedHashMap<>();
    if (node.value() instanceof Map<?, ?> map) {
      map.forEach(
          (label, weight) ->
              weights.put((String) label, weight(fields, key, node, ((YamlNode) weight).value())));
    } else if (node.value() instanceof String text) {
      if (text.equals("none") || text.equals("balanced")) {
        return ClassWeighting.byCount(text.equals("none") ? 0 : 1);
      }
      addAll(weights, text, fields, key, node);
    }
    if (weights.isEmpty()) {
      throw wrong(fields, key, node);
    }
    return new ClassWeighting(0, weights);
  }

  private static void addAll(
      Map<String, Double> weights, String text, YamlFields fields, String key, YamlNode node) {
    for (String pair : text.split(",", -1)) {
      int equals = pair.lastIndexOf('=');
      if (equals < 1) {
        throw wrong(fields, key, node);
      }
      Object value = YamlNode.ofText(pair.substring(equals + 1).strip()).value();
      weights.put(pair.substring(0, equals).strip(), weight(fields, key, node, value));
    }
  }

  private static double weight(
      YamlFields fields, String key, YamlNode node, @Nullable Object value) {
    if (value instanceof Number number
        && number.doubleValue() > 0
        && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw wrong(fields, key, node);
  }

  private static InvalidInputException wrong(YamlFields fields, String key, YamlNode node) {
    return fields.error(
        node,
        "%s is %s, but must be none, balanced, or a weight above 0 for each label named"
            .formatted(key, node));
  }
}
