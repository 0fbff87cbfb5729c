package io.sentimentstreams.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files that the application is deployed by. */
public final class Deployed {
  /** Rules, their tests and the settings of Prometheus. */
  public static final Path PROMETHEUS = Path.of("deploy", "prometheus");

  static final Path KUBERNETES = Path.of("deploy", "kubernetes");

  private static final Path DASHBOARD =
      Path.of("deploy", "grafana", "dashboards", "sentiment-streams.json");
  private static final YAMLMapper YAML = new YAMLMapper();

  private Deployed() {}

  /** A query of the dashboard or of an alert, and where it is. */
  public record Query(String name, String expression) {}

  /** The queries of the dashboard's panels, without Grafana's variables. */
  public static List<Query> panels() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : dashboard().path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        String expression =
            target
                .path("expr")
                .asText()
                .replace("$__rate_interval", "1m")
                .replaceAll("\\$(instance|route)", ".*");
        queries.add(new Query(panel.path("title").asText(), expression));
      }
    }
    return queries;
  }

  static JsonNode dashboard() throws IOException {
    return new JsonMapper().readTree(DASHBOARD.toFile());
  }

  /** The expressions of the alerts. */
  public static List<Query> alerts() throws IOException {
    List<Query> queries = new ArrayList<>();
    for (JsonNode group : yaml(PROMETHEUS.resolve("alerts.yml")).path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        queries.add(new Query(rule.path("alert").asText(), rule.path("expr").asText()));
      }
    }
    return queries;
  }

  static JsonNode yaml(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  /** All documents of a YAML text. */
  static List<JsonNode> documents(String text) throws IOException {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      return documents.readAll();
    }
  }
}
