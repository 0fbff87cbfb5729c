package io.sentimentstreams.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of the control topic; the form is that of {@code
 * topics/schemas/model-control.schema.json}. The key of what is asked for is the route's name, that
 * of a report {@value #INSTANCE} and the instance's name. Fields that are not known are passed
 * over, so that a later version may add some.
 */
public final class ControlCodec {
  /** Begins the key of a report; no route has such a name. */
  public static final String INSTANCE = "instance/";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ControlCodec() {}

  /** A record's key. */
  public static byte[] key(ControlRecord of) {
    return keyText(of).getBytes(UTF_8);
  }

  private static String keyText(ControlRecord of) {
    if (of instanceof ControlRecord.Activated activated) {
      return activated.route();
    }
    if (of instanceof ControlRecord.Deactivated deactivated) {
      return deactivated.route();
    }
    return INSTANCE
        + (of instanceof ControlRecord.Reported reported
            ? reported.report().instance()
            : ((ControlRecord.Ended) of).instance());
  }

  /** A record's value, null for a tombstone. */
  public static byte @Nullable [] value(ControlRecord of) {
    if (of instanceof ControlRecord.Activated activated) {
      return bytes(tree(activated.activation()));
    }
    return of instanceof ControlRecord.Reported reported ? bytes(tree(reported.report())) : null;
  }

  /** An activation as JSON. */
  public static ObjectNode tree(Activation activation) {
    ObjectNode tree =
        JSON.createObjectNode()
            .put("bundle", activation.bundle())
            .put("model", activation.model())
            .put("version", activation.version())
            .put("labelsMayDiffer", activation.labelsMayDiffer())
            .put("at", activation.at().toString());
    if (activation.previous() != null) {
      tree.set("previous", tree(activation.previous()));
    }
    return tree;
  }

  /** A report as JSON. */
  public static ObjectNode tree(InstanceReport report) {
    ObjectNode tree =
        JSON.createObjectNode()
            .put("instance", report.instance())
            .put("application", report.application())
            .put("at", report.at().toString());
    ObjectNode routes = tree.putObject("routes");
    new TreeMap<>(report.routes()).forEach((route, model) -> routes.set(route, tree(model)));
    return tree;
  }

  /** What a report says of a route, as JSON. */
  public static ObjectNode tree(RouteReport report) {
    ObjectNode tree =
        JSON.createObjectNode()
            .put("model", report.model())
            .put("version", report.version())
            .put("answers", report.answers());
    if (report.askedAt() != null) {
      tree.put("askedAt", report.askedAt().toString());
    }
    if (report.refusal() != null) {
      tree.put("refusal", report.refusal());
    }
    return tree;
  }

  private static byte[] bytes(ObjectNode tree) {
    try {
      return JSON.writeValueAsBytes(tree);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings and numbers always become JSON", impossible);
    }
  }

  /**
   * Reads a record.
   *
   * @throws InvalidInputException where it is none of the above; the message names the field
   */
  public static ControlRecord read(byte @Nullable [] key, byte @Nullable [] value) {
    if (key == null) {
      throw new InvalidInputException("key: none, but a route or an instance is needed");
    }
    String name = new String(key, UTF_8);
    if (name.startsWith(INSTANCE)) {
      return value == null
          ? new ControlRecord.Ended(name.substring(INSTANCE.length()))
          : new ControlRecord.Reported(report(object(value)));
    }
    return value == null
        ? new ControlRecord.Deactivated(name)
        : new ControlRecord.Activated(name, activation(object(value)));
  }

  private static JsonNode object(byte[] value) {
    try {
      JsonNode tree = JSON.readTree(value);
      if (tree.isObject()) {
        return tree;
      }
    } catch (IOException e) {
      throw new InvalidInputException("value: no JSON", e);
    }
    throw new InvalidInputException("value: no JSON object");
  }

  private static Activation activation(JsonNode tree) {
    JsonNode previous = tree.get("previous");
    return new Activation(
        text(tree, "bundle"),
        text(tree, "model"),
        text(tree, "version"),
        tree.path("labelsMayDiffer").asBoolean(false),
        instant(tree, "at"),
        previous == null || !previous.isObject() ? null : activation(previous));
  }

  private static InstanceReport report(JsonNode tree) {
    Map<String, RouteReport> routes = new TreeMap<>();
    for (Map.Entry<String, JsonNode> route : tree.path("routes").properties()) {
      routes.put(route.getKey(), routeReport(route.getValue()));
    }
    return new InstanceReport(
        text(tree, "instance"), text(tree, "application"), instant(tree, "at"), routes);
  }

  private static RouteReport routeReport(JsonNode tree) {
    JsonNode refusal = tree.get("refusal");
    return new RouteReport(
        text(tree, "model"),
        text(tree, "version"),
        tree.path("answers").asLong(RouteReport.NOTHING),
        tree.has("askedAt") ? instant(tree, "askedAt") : null,
        refusal == null ? null : refusal.asText());
  }

  private static String text(JsonNode tree, String field) {
    JsonNode node = tree.get(field);
    if (node == null || !node.isTextual()) {
      throw new InvalidInputException("%s: %s, but a text is needed".formatted(field, node));
    }
    return node.textValue();
  }

  private static Instant instant(JsonNode tree, String field) {
    String at = text(tree, field);
    try {
      return Instant.parse(at);
    } catch (DateTimeException e) {
      throw new InvalidInputException(
          "%s: \"%s\", but a time such as 2026-01-31T12:00:00Z is needed".formatted(field, at), e);
    }
  }
}
