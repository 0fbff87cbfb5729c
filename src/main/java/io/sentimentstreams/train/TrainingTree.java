package io.sentimentstreams.train;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts values into the YAML of a training by paths: {@code training.epochs}, {@code text.tokens},
 * {@code network} for another list of layers, {@code network.dropout.rate} for all layers of a
 * type, {@code network.2.rate} for the second layer alone.
 */
final class TrainingTree {
  private static final List<String> SECTIONS = List.of("text", "network", "training");

  private final String path;
  private final YamlNode value;
  private boolean found;

  private TrainingTree(String path, YamlNode value) {
    this.path = path;
    this.value = value;
  }

  /**
   * The training with another value.
   *
   * @throws InvalidInputException where the path leads nowhere
   */
  static YamlNode with(YamlNode training, String path, YamlNode value) {
    List<String> names = Arrays.asList(path.split("[.]", -1));
    TrainingTree tree = new TrainingTree(path, value);
    if (!SECTIONS.contains(names.get(0)) || (names.size() < 2 && !path.equals("network"))) {
      throw new InvalidInputException(
          "fields: %s is no path of a training's file: paths begin with text., network. or training."
              .formatted(path));
    }
    Map<String, YamlNode> root = fields(training);
    YamlNode section = root.getOrDefault(names.get(0), new YamlNode(0, null));
    List<String> rest = names.subList(1, names.size());
    root.put(
        names.get(0),
        names.get(0).equals("network") && !rest.isEmpty()
            ? tree.inLayers(section, rest)
            : tree.put(section, rest));
    return new YamlNode(training.line(), root);
  }

  /** The fields of a node, as a copy; none of null. */
  private static Map<String, YamlNode> fields(YamlNode node) {
    Map<String, YamlNode> fields = new LinkedHashMap<>();
    if (node.value() instanceof Map<?, ?> map) {
      map.forEach((name, field) -> fields.put((String) name, (YamlNode) field));
    }
    return fields;
  }

  /** The node with the value where the names lead from it. */
  private YamlNode put(@Nullable YamlNode node, List<String> names) {
    if (names.isEmpty()) {
      found = true;
      return value;
    }
    YamlNode from = node == null ? new YamlNode(0, null) : node;
    Map<String, YamlNode> fields = fields(from);
    String name = names.get(0);
    fields.put(name, put(fields.get(name), names.subList(1, names.size())));
    return new YamlNode(from.line(), fields);
  }

  private YamlNode inLayers(YamlNode network, List<String> names) {
    if (!(network.value() instanceof List<?> list)) {
      throw new InvalidInputException("fields: %s needs a network of layers".formatted(path));
    }
    List<YamlNode> layers = new ArrayList<>();
    for (Object item : list) {
      YamlNode layer = (YamlNode) item;
      boolean number = names.get(0).equals(Integer.toString(layers.size() + 1));
      layers.add(number ? inLayer(layer, names) : inType(layer, names));
    }
    if (!found) {
      throw new InvalidInputException(
          "fields: %s finds no layer: there is no %s among the %d of the network"
              .formatted(path, names.get(0), layers.size()));
    }
    return new YamlNode(network.line(), layers);
  }

  /** The layer with the value in it, whatever its type. */
  private YamlNode inLayer(YamlNode layer, List<String> names) {
    Map<String, YamlNode> typed = typed(layer);
    typed.replaceAll((type, fields) -> put(fields, names.subList(1, names.size())));
    return new YamlNode(layer.line(), typed);
  }

  /** The layer with the value in it, if it is of the type, and in the layers within it. */
  private YamlNode inType(YamlNode layer, List<String> names) {
    Map<String, YamlNode> typed = typed(layer);
    if (typed.containsKey(names.get(0))) {
      return inLayer(layer, names);
    }
    boolean before = found;
    found = false;
    typed.replaceAll(
        (type, fields) -> {
          Map<String, YamlNode> inner = fields(fields);
          return inner.containsKey(names.get(0)) ? put(fields, names) : fields;
        });
    YamlNode changed = found ? new YamlNode(layer.line(), typed) : layer;
    found |= before;
    return changed;
  }

  /** A layer's one type with its fields. */
  private static Map<String, YamlNode> typed(YamlNode layer) {
    if (layer.value() instanceof String type) {
      return new LinkedHashMap<>(Map.of(type, new YamlNode(layer.line(), null)));
    }
    return fields(layer);
  }
}
