package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One file of a {@link TopicCatalog}. Every field is checked; a field that is not known is refused,
 * since it is most often a known one misspelt.
 */
final class TopicFile {
  private static final String API_VERSION = "kafka.strimzi.io/v1";
  private static final String KIND = "KafkaTopic";
  private static final String ANNOTATION_PREFIX = "sentiment-streams.io/";

  /** What Kubernetes takes as a resource's name (RFC 1123). */
  private static final Pattern RESOURCE_NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path folder;
  private final Path file;

  private TopicFile(Path folder, Path file) {
    this.folder = folder;
    this.file = file;
  }

  static TopicSpec read(Path folder, Path file) {
    return new TopicFile(folder, file).read();
  }

  private TopicSpec read() {
    JsonNode root = tree();
    onlyFields(root, "", Set.of("apiVersion", "kind", "metadata", "spec"));
    requireText(root, "apiVersion", API_VERSION);
    requireText(root, "kind", KIND);
    JsonNode metadata = object(root, "", "metadata");
    onlyFields(metadata, "metadata.", Set.of("name", "namespace", "labels", "annotations"));
    JsonNode annotations = object(metadata, "metadata.", "annotations");
    JsonNode spec = object(root, "", "spec");
    onlyFields(spec, "spec.", Set.of("topicName", "partitions", "replicas", "config"));
    return new TopicSpec(
        name(metadata, spec),
        positive(spec, "partitions", Integer.MAX_VALUE),
        (short) positive(spec, "replicas", Short.MAX_VALUE),
        config(spec),
        annotation(annotations, "owner"),
        annotation(annotations, "description"),
        new TopicSchemas(
            schema(annotations, "schema"),
            schema(annotations, "key-schema"),
            schema(annotations, "headers-schema")));
  }

  private JsonNode tree() {
    try {
      JsonNode root = YAML.readTree(Files.readString(file));
      if (!root.isObject()) {
        throw new InvalidInputException(
            "%s: holds no YAML mapping; a KafkaTopic is needed".formatted(file));
      }
      return root;
    } catch (MismatchedInputException more) {
      throw new InvalidInputException(
          "%s: more than one document; a file describes one topic".formatted(file), more);
    } catch (JsonProcessingException e) {
      String line = e.getOriginalMessage().strip().replaceAll("\\s+", " ");
      throw new InvalidInputException("%s: invalid YAML: %s".formatted(file, line), e);
    } catch (IOException e) {
      throw new InvalidInputException("%s: cannot be read as UTF-8 text".formatted(file), e);
    }
  }

  /** {@code spec.topicName}, and without it the resource's name. */
  private String name(JsonNode metadata, JsonNode spec) {
    String resource = text(metadata, "metadata.", "name");
    if (!RESOURCE_NAME.matcher(resource).matches()) {
      throw wrong(
          "metadata.name",
          resource,
          "a name for Kubernetes, of lower-case letters, digits, hyphens and dots (spec.topicName takes others),");
    }
    if (!spec.has("topicName")) {
      return legal("metadata.name", resource);
    }
    return legal("spec.topicName", text(spec, "spec.", "topicName"));
  }

  private String legal(String field, String name) {
    if (!TopicSpec.isLegalName(name)) {
      throw wrong(field, name, "1 to 249 letters, digits, dots, hyphens, underscores");
    }
    return name;
  }

  private int positive(JsonNode spec, String field, int maximum) {
    JsonNode node = spec.get(field);
    boolean valid = node != null && node.isInt() && node.intValue() >= 1;
    if (!valid || node.intValue() > maximum) {
      throw wrong("spec." + field, node, "a whole number of 1 or more");
    }
    return node.intValue();
  }

  private Map<String, String> config(JsonNode spec) {
    Map<String, String> config = new TreeMap<>();
    if (!spec.has("config")) {
      return config;
    }
    for (Map.Entry<String, JsonNode> entry : object(spec, "spec.", "config").properties()) {
      JsonNode value = entry.getValue();
      if (!value.isValueNode() || value.isNull()) {
        throw wrong("spec.config." + entry.getKey(), value, "a single value");
      }
      config.put(entry.getKey(), value.asText());
    }
    return config;
  }

  private String annotation(JsonNode annotations, String name) {
    return text(annotations, "metadata.annotations.", ANNOTATION_PREFIX + name);
  }

  private @Nullable String schema(JsonNode annotations, String name) {
    if (!annotations.has(ANNOTATION_PREFIX + name)) {
      return null;
    }
    String schema = annotation(annotations, name);
    if (!Files.isRegularFile(folder.resolve(schema))) {
      throw wrong(
          "metadata.annotations." + ANNOTATION_PREFIX + name,
          schema,
          "a file in the folder of the topics");
    }
    return schema;
  }

  private void onlyFields(JsonNode node, String prefix, Set<String> known) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      if (!known.contains(entry.getKey())) {
        throw new InvalidInputException(
            "%s: %s%s: unknown field; known are %s"
                .formatted(file, prefix, entry.getKey(), known.stream().sorted().toList()));
      }
    }
  }

  private JsonNode object(JsonNode parent, String prefix, String field) {
    JsonNode node = parent.get(field);
    if (node == null || !node.isObject()) {
      throw wrong(prefix + field, node, "a mapping");
    }
    return node;
  }

  private void requireText(JsonNode root, String field, String expected) {
    String text = text(root, "", field);
    if (!text.equals(expected)) {
      throw wrong(field, text, expected);
    }
  }

  private String text(JsonNode parent, String prefix, String field) {
    JsonNode node = parent.get(field);
    if (node == null || !node.isTextual() || node.textValue().isBlank()) {
      throw wrong(prefix + field, node, "a text");
    }
    return node.textValue();
  }

  private InvalidInputException wrong(String field, @Nullable Object found, String needed) {
    String state = found == null ? "missing" : found.toString();
    return new InvalidInputException(
        "%s: %s: %s, but %s is needed".formatted(file, field, state, needed));
  }
}
