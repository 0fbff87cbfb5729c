package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.LayerSpec.Dropout;
import io.sentimentstreams.model.LayerSpec.Flatten;
import io.sentimentstreams.model.LayerSpec.GlobalAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxAveragePool;
import io.sentimentstreams.model.LayerSpec.GlobalMaxPool;
import io.sentimentstreams.model.LayerSpec.MaxPool;
import io.sentimentstreams.model.RecurrentSpec.Bidirectional;
import io.sentimentstreams.model.RecurrentSpec.Cell;
import io.sentimentstreams.model.RecurrentSpec.Gru;
import io.sentimentstreams.model.RecurrentSpec.Lstm;
import io.sentimentstreams.model.RecurrentSpec.Rnn;
import io.sentimentstreams.model.WeightedSpec.Conv1d;
import io.sentimentstreams.model.WeightedSpec.Dense;
import io.sentimentstreams.model.WeightedSpec.Embedding;
import io.sentimentstreams.model.WeightedSpec.TimeDistributed;
import io.sentimentstreams.yaml.NearestName;
import io.sentimentstreams.yaml.YamlFields;
import io.sentimentstreams.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a network from YAML or JSON: a list of layers, each {@code type: {field: value}}, or {@code
 * type} alone where it needs no fields. Fields that are left out have Keras' defaults, but for
 * {@code mask_zero}, which is true.
 */
public final class LayerReader {
  private static final List<String> CELLS = List.of("lstm", "gru", "rnn");
  private static final List<String> TYPES =
      List.of(
          "embedding",
          "conv1d",
          "max_pool",
          "lstm",
          "gru",
          "rnn",
          "bidirectional",
          "global_max_pool",
          "global_average_pool",
          "global_max_average_pool",
          "dropout",
          "dense",
          "flatten",
          "time_distributed");

  private LayerReader() {}

  /**
   * The network of a list of layers.
   *
   * @throws InvalidInputException naming line, layer and field of what is wrong
   */
  public static NetworkSpec network(YamlNode node) {
    if (!(node.value() instanceof List<?> items)) {
      throw node.error("network: needs a list of layers, but is " + node);
    }
    List<LayerSpec> layers = new ArrayList<>();
    List<YamlNode> nodes = new ArrayList<>();
    for (Object item : items) {
      nodes.add((YamlNode) item);
      layers.add(layer(nodes.get(nodes.size() - 1), "layer %d".formatted(nodes.size())));
    }
    NetworkRules.require(
        layers,
        index -> {
          String where = NetworkSpec.place(layers, index);
          return nodes.get(index).line() > 0
              ? "line %d: %s".formatted(nodes.get(index).line(), where)
              : "network: " + where;
        });
    return new NetworkSpec(layers);
  }

  private static LayerSpec layer(YamlNode node, String place) {
    if (node.value() instanceof String type) {
      return layer(type, new YamlNode(node.line(), null), place);
    }
    if (node.value() instanceof Map<?, ?> map && map.size() == 1) {
      Map.Entry<?, ?> only = map.entrySet().iterator().next();
      return layer((String) only.getKey(), (YamlNode) only.getValue(), place);
    }
    throw node.error(
        "%s: needs one type with its fields, such as \"dense: {units: 3}\", but is %s"
            .formatted(place, node));
  }

  private static LayerSpec layer(String type, YamlNode node, String place) {
    String what = "%s (%s)".formatted(place, type);
    return switch (TYPES.contains(type) ? type : "") {
      case "embedding" -> embedding(new YamlFields(node, what, names("size mask_zero trainable")));
      case "conv1d" ->
          conv1d(new YamlFields(node, what, names("filters width padding activation")));
      case "max_pool" -> new MaxPool(size(new YamlFields(node, what, names("size")), "size"));
      case "lstm", "gru", "rnn" -> cell(type, node, what);
      case "bidirectional" -> new Bidirectional(inner(node, what));
      case "global_max_pool" -> plain(new GlobalMaxPool(), node, what);
      case "global_average_pool" -> plain(new GlobalAveragePool(), node, what);
      case "global_max_average_pool" -> plain(new GlobalMaxAveragePool(), node, what);
      case "dropout" -> new Dropout(new YamlFields(node, what, names("rate")).share("rate"));
      case "dense" -> dense(node, what);
      case "flatten" -> plain(new Flatten(), node, what);
      case "time_distributed" -> timeDistributed(node, what);
      default ->
          throw node.error(
              "%s: there is no such layer here; %s"
                  .formatted(what, NearestName.among(type, TYPES)));
    };
  }

  private static List<String> names(String names) {
    return List.of(names.split(" "));
  }

  private static LayerSpec plain(LayerSpec layer, YamlNode node, String what) {
    YamlFields.requireNone(node, what);
    return layer;
  }

  private static int size(YamlFields fields, String name) {
    return fields.integer(name, 1, LayerSpec.MAXIMUM_SIZE);
  }

  private static Embedding embedding(YamlFields fields) {
    return new Embedding(
        size(fields, "size"), fields.flag("mask_zero", true), fields.flag("trainable", true));
  }

  private static Conv1d conv1d(YamlFields fields) {
    return new Conv1d(
        size(fields, "filters"),
        size(fields, "width"),
        fields.choice("padding", ConvolutionPadding.VALID),
        hidden(fields));
  }

  private static Cell cell(String type, YamlNode node, String what) {
    String known = "units sequences dropout recurrent_dropout";
    YamlFields fields =
        new YamlFields(node, what, names(type.equals("gru") ? known + " reset_after" : known));
    int units = size(fields, "units");
    boolean sequences = fields.flag("sequences", false);
    double dropout = fields.share("dropout");
    double recurrent = fields.share("recurrent_dropout");
    return switch (type) {
      case "lstm" -> new Lstm(units, sequences, dropout, recurrent);
      case "gru" -> new Gru(units, sequences, dropout, recurrent, fields.flag("reset_after", true));
      default -> new Rnn(units, sequences, dropout, recurrent);
    };
  }

  private static Dense dense(YamlNode node, String what) {
    YamlFields fields = new YamlFields(node, what, names("units activation"));
    return new Dense(
        fields.integer("units", 1, LayerSpec.MAXIMUM_SIZE, 0),
        fields.choice("activation", LayerActivation.LINEAR));
  }

  private static TimeDistributed timeDistributed(YamlNode node, String what) {
    YamlFields fields = new YamlFields(node, what, names("dense"));
    YamlNode inner = fields.node("dense");
    YamlFields dense = new YamlFields(inner, what + ", dense", names("units activation"));
    return new TimeDistributed(new Dense(size(dense, "units"), hidden(dense)));
  }

  private static LayerActivation hidden(YamlFields fields) {
    LayerActivation activation = fields.choice("activation", LayerActivation.LINEAR);
    if (activation == LayerActivation.SOFTMAX) {
      throw fields.error(
          fields.node("activation"), "activation is softmax, but that is for the last layer");
    }
    return activation;
  }

  private static Cell inner(YamlNode node, String what) {
    YamlFields fields = new YamlFields(node, what, CELLS);
    List<String> given = CELLS.stream().filter(fields::has).toList();
    if (given.size() != 1) {
      throw fields.error(node, "needs one layer of " + String.join(", ", CELLS));
    }
    return cell(given.get(0), fields.node(given.get(0)), what + ", " + given.get(0));
  }
}
