package io.sentimentstreams.stream;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.TopologyDescription;

/**
 * A topology as SVG: topics, sources, processors with their stores, and sinks in columns from left
 * to right, each node right of all that lead to it. Within a column, nodes stand in the order of
 * what leads to them (the barycenter heuristic of Sugiyama, Tagawa and Toda, 1981).
 */
final class TopologyPicture {
  private static final int LINE = 18;
  private static final int PADDING = 10;
  private static final int BETWEEN_ROWS = 22;
  private static final int BETWEEN_COLUMNS = 56;
  private static final int MARGIN = 16;

  /** Width of a character of the font that is asked for, an upper bound. */
  private static final double CHARACTER = 8.0;

  private static final String STYLE =
      "svg{font:13px ui-monospace,monospace;color:#1f2933;background:#fff}"
          + "rect{fill:none;stroke:currentColor}text{fill:currentColor}"
          + ".topic rect{fill:#dbeafe}.processor rect{fill:#dcfce7}"
          + ".source rect,.sink rect{stroke-dasharray:4 3}"
          + "path{fill:none;stroke:#7b8794;stroke-width:1.5}#arrow path{fill:#7b8794;stroke:none}"
          + "@media(prefers-color-scheme:dark){svg{color:#e4e7eb;background:#17202a}"
          + ".topic rect{fill:#1e3a5f}.processor rect{fill:#14532d}}";

  /** A node: its class in the style sheet, and its lines of text. */
  private record Box(String kind, List<String> lines) {
    double width() {
      return 2 * PADDING + CHARACTER * lines.stream().mapToInt(String::length).max().orElse(0);
    }

    double height() {
      return PADDING + (double) LINE * lines.size();
    }
  }

  private record Place(double x, double y, double width, double height) {
    double middle() {
      return y + height / 2;
    }
  }

  private final Map<String, Box> boxes = new LinkedHashMap<>();

  /** Node -> those that lead to it. */
  private final Map<String, Set<String>> before = new HashMap<>();

  private final Map<String, Place> places = new LinkedHashMap<>();

  private TopologyPicture(TopologyDescription topology) {
    for (TopologyDescription.Subtopology part :
        sorted(
            topology.subtopologies(), Comparator.comparing(TopologyDescription.Subtopology::id))) {
      sorted(part.nodes(), Comparator.comparing(TopologyDescription.Node::name)).forEach(this::add);
    }
    topology
        .globalStores()
        .forEach(
            store -> {
              add(store.source());
              add(store.processor());
            });
  }

  /** The picture, a document of its own. */
  static String svg(TopologyDescription topology) {
    TopologyPicture picture = new TopologyPicture(topology);
    picture.place();
    return picture.draw();
  }

  private static <T> List<T> sorted(Collection<T> nodes, Comparator<? super T> order) {
    return nodes.stream().sorted(order).toList();
  }

  private void add(TopologyDescription.Node node) {
    String id = "node " + node.name();
    if (node instanceof TopologyDescription.Source source) {
      boxes.put(id, new Box("source", List.of(node.name())));
      topics(source).forEach(topic -> join(topic(topic), id));
    } else if (node instanceof TopologyDescription.Sink sink) {
      boxes.put(id, new Box("sink", List.of(node.name())));
      join(id, topic(sink.topic() == null ? "(chosen for each record)" : sink.topic()));
    } else {
      List<String> lines = new ArrayList<>(List.of(node.name()));
      if (node instanceof TopologyDescription.Processor processor) {
        processor.stores().stream().sorted().forEach(store -> lines.add("store " + store));
      }
      boxes.put(id, new Box("processor", lines));
    }
    node.successors().forEach(next -> join(id, "node " + next.name()));
  }

  private static Collection<String> topics(TopologyDescription.Source source) {
    return source.topicSet() == null
        ? List.of(String.valueOf(source.topicPattern()))
        : source.topicSet().stream().sorted().toList();
  }

  private String topic(String name) {
    boxes.putIfAbsent("topic " + name, new Box("topic", List.of(name)));
    return "topic " + name;
  }

  private void join(String from, String to) {
    before.computeIfAbsent(to, unused -> new LinkedHashSet<>()).add(from);
  }

  private Set<String> before(String id) {
    return before.getOrDefault(id, Set.of());
  }

  /** Of each node, the length of the longest way to it; a topology has no circles. */
  private Map<String, Integer> columns() {
    Map<String, Integer> columns = new LinkedHashMap<>();
    boxes.keySet().forEach(id -> columns.put(id, 0));
    for (int round = 0; round < boxes.size(); round++) {
      for (String id : boxes.keySet()) {
        for (String from : before(id)) {
          columns.merge(id, columns.getOrDefault(from, 0) + 1, Math::max);
        }
      }
    }
    return columns;
  }

  private void place() {
    Map<Integer, List<String>> byColumn = new TreeMap<>();
    columns()
        .forEach(
            (id, column) -> byColumn.computeIfAbsent(column, unused -> new ArrayList<>()).add(id));
    double x = MARGIN;
    for (List<String> column : byColumn.values()) {
      List<String> ordered =
          column.stream().sorted(Comparator.comparingDouble(this::pull)).toList();
      double width = ordered.stream().mapToDouble(id -> box(id).width()).max().orElse(0);
      double y = MARGIN;
      for (String id : ordered) {
        double height = box(id).height();
        // Beside what leads to it, where there is room.
        double top = Math.max(y, before(id).isEmpty() ? y : pull(id) - height / 2);
        places.put(id, new Place(x, top, width, height));
        y = top + height + BETWEEN_ROWS;
      }
      x += width + BETWEEN_COLUMNS;
    }
  }

  private Box box(String id) {
    Box box = boxes.get(id);
    if (box == null) {
      throw new IllegalStateException("no box for " + id);
    }
    return box;
  }

  /** The mean height of what leads to a node. */
  private double pull(String id) {
    return before(id).stream()
        .map(places::get)
        .filter(place -> place != null)
        .mapToDouble(Place::middle)
        .average()
        .orElse(0);
  }

  private String draw() {
    double width =
        places.values().stream().mapToDouble(place -> place.x() + place.width()).max().orElse(0);
    double height =
        places.values().stream().mapToDouble(place -> place.y() + place.height()).max().orElse(0);
    StringBuilder svg = new StringBuilder(4096);
    svg.append(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1$.0f\" height=\"%2$.0f\" viewBox=\"0 0 %1$.0f %2$.0f\" role=\"img\">",
            width + MARGIN,
            height + MARGIN));
    svg.append("<title>Topology of the stream</title><style>").append(STYLE).append("</style>");
    svg.append(
        "<defs><marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"8\" refY=\"4\" markerWidth=\"8\" markerHeight=\"8\" orient=\"auto\"><path d=\"M0 0L8 4L0 8z\"/></marker></defs>\n");
    places.forEach((id, place) -> before(id).forEach(from -> edge(svg, from, place)));
    places.forEach((id, place) -> box(svg, box(id), place));
    return svg.append("</svg>\n").toString();
  }

  private void edge(StringBuilder svg, String fromId, Place to) {
    Place from = places.get(fromId);
    if (from == null) {
      return;
    }
    double start = from.x() + from.width();
    double bend = (to.x() - start) / 2;
    svg.append(
        String.format(
            Locale.ROOT,
            "<path marker-end=\"url(#arrow)\" d=\"M%.1f %.1fC%.1f %.1f %.1f %.1f %.1f %.1f\"/>\n",
            start,
            from.middle(),
            start + bend,
            from.middle(),
            to.x() - bend,
            to.middle(),
            to.x(),
            to.middle()));
  }

  private static void box(StringBuilder svg, Box box, Place place) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<g class=\"%s\"><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"6\"/>",
            box.kind(),
            place.x(),
            place.y(),
            place.width(),
            place.height()));
    for (int line = 0; line < box.lines().size(); line++) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%.1f\">%s</text>",
              place.x() + PADDING,
              place.y() + (line + 1) * LINE,
              escaped(box.lines().get(line))));
    }
    svg.append("</g>\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
