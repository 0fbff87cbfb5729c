package io.sentimentstreams.audit;

import static java.util.stream.Collectors.joining;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamSettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which topics an audit reads.
 *
 * @param inputs input topics of the audited routes
 * @param outputs their output topics and the dead-letter topic, and the input topics whose events
 *     may be in them, those of other routes included
 */
record AuditRoutes(Set<String> inputs, Map<String, Set<String>> outputs, String deadLetterTopic) {

  /** The topics of the routes that are asked for. */
  static AuditRoutes of(StreamSettings settings, Set<String> names) {
    List<Route> audited = audited(settings.routes(), names);
    Set<String> inputs = new TreeSet<>();
    Map<String, Set<String>> outputs = new HashMap<>();
    outputs.put(settings.deadLetterTopic(), new HashSet<>());
    audited.forEach(
        route -> {
          inputs.addAll(route.inputs());
          outputs.put(route.output(), new HashSet<>());
        });
    for (Route route : settings.routes()) {
      for (String output : List.of(route.output(), settings.deadLetterTopic())) {
        Set<String> sources = outputs.get(output);
        if (sources != null) {
          sources.addAll(route.inputs());
        }
      }
    }
    return new AuditRoutes(inputs, outputs, settings.deadLetterTopic());
  }

  private static List<Route> audited(List<Route> routes, Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    routes.forEach(route -> unknown.remove(route.name()));
    if (!unknown.isEmpty()) {
      throw new InvalidInputException(
          "route: no \"%s\" in the settings; there are: %s"
              .formatted(
                  unknown.iterator().next(),
                  routes.stream().map(Route::name).collect(joining(", "))));
    }
    return routes.stream()
        .filter(route -> names.isEmpty() || names.contains(route.name()))
        .toList();
  }

  /** Every topic that is read. */
  Set<String> topics() {
    Set<String> topics = new TreeSet<>(inputs);
    topics.addAll(outputs.keySet());
    return topics;
  }

  OutputKind kind(String output) {
    return output.equals(deadLetterTopic) ? OutputKind.DEAD_LETTER : OutputKind.LABELLED;
  }

  /** Whether an output topic may hold outputs of this topic's events. */
  boolean mayHold(String output, String input) {
    Set<String> sources = outputs.get(output);
    return sources != null && sources.contains(input);
  }
}
