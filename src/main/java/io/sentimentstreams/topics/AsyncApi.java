package io.sentimentstreams.topics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSchemas;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The topics as an AsyncAPI 3.0 document, seen from the stream: it receives what it reads, and
 * sends what it writes. Keys, headers and values refer to the JSON Schemas of the topics' files.
 *
 * @see <a href="https://www.asyncapi.com/docs/reference/specification/v3.0.0">AsyncAPI 3.0</a>
 * @see <a href="https://github.com/asyncapi/bindings/tree/master/kafka">Bindings for Kafka</a>
 */
public final class AsyncApi {
  private static final String BINDINGS = "0.5.0";
  private static final String MESSAGE = "record";
  private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .build();

  private final TopicCatalog catalog;
  private final StreamSettings settings;
  private final TopicRoles roles;
  private final String schemas;

  /**
   * Describes topics.
   *
   * @param settings say what the topics are to the stream, and where the broker is
   * @param schemas the way from the document's folder to the folder of the topics
   */
  public AsyncApi(TopicCatalog catalog, StreamSettings settings, Path schemas) {
    this.catalog = catalog;
    this.settings = settings;
    this.roles = TopicRoles.of(settings);
    String way = schemas.toString().replace('\\', '/');
    this.schemas = way.isEmpty() ? "" : way + "/";
  }

  /** Topics that the settings name and no file describes, by name: the document lacks them. */
  public List<String> undescribed() {
    Set<String> names = new TreeSet<>(roles.byTopic().keySet());
    catalog.topics().forEach(topic -> names.remove(topic.name()));
    return List.copyOf(names);
  }

  /** The document, in YAML. */
  public String yaml() {
    ObjectNode root = YAML.createObjectNode();
    root.put("asyncapi", "3.0.0");
    info(root.putObject("info"));
    root.put("defaultContentType", "application/json");
    server(root.putObject("servers").putObject("kafka"));
    ObjectNode channels = root.putObject("channels");
    ObjectNode operations = root.putObject("operations");
    for (TopicSpec topic : catalog.topics()) {
      channel(channels.putObject(topic.name()), topic);
      roles.of(topic.name()).ifPresent(role -> operations(operations, topic, role));
    }
    try {
      return YAML.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree that cannot be written", e);
    }
  }

  private void info(ObjectNode info) {
    info.put("title", settings.applicationId());
    info.put("version", "1");
    info.put(
        "description",
        "The topics of a stream that labels texts with their sentiment. Written by"
            + " 'sentiment topics asyncapi' from the files of the topics.");
    info.putObject("license")
        .put("name", "Apache-2.0")
        .put("url", "https://www.apache.org/licenses/LICENSE-2.0.txt");
  }

  private void server(ObjectNode server) {
    String protocol =
        settings.kafka().getOrDefault(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "PLAINTEXT");
    server.put("host", List.of(settings.bootstrapServers().split(",")).get(0).strip());
    server.put(
        "protocol", protocol.toUpperCase(Locale.ROOT).endsWith("SSL") ? "kafka-secure" : "kafka");
  }

  private void channel(ObjectNode channel, TopicSpec topic) {
    channel.put("address", topic.name());
    channel.put("description", topic.description());
    message(channel.putObject("messages").putObject(MESSAGE), topic);
    ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
    kafka.put("partitions", topic.partitions()).put("replicas", topic.replicas());
    if (!topic.config().isEmpty()) {
      ObjectNode config = kafka.putObject("topicConfiguration");
      new TreeMap<>(topic.config()).forEach((key, value) -> setting(config, key, value));
    }
    kafka.put("bindingVersion", BINDINGS);
    channel.put("x-owner", topic.owner());
  }

  private void message(ObjectNode message, TopicSpec topic) {
    TopicSchemas of = topic.schemas();
    message.put("name", topic.name());
    if (of.headers() != null) {
      reference(message.putObject("headers"), of.headers());
    }
    if (of.value() != null) {
      reference(message.putObject("payload"), of.value());
    }
    if (of.key() != null) {
      ObjectNode kafka = message.putObject("bindings").putObject("kafka");
      reference(kafka.putObject("key"), of.key());
      kafka.put("bindingVersion", BINDINGS);
    }
  }

  private void reference(ObjectNode node, String schema) {
    node.put("$ref", schemas + schema);
  }

  /** Numbers as numbers, and the list of policies as a list, as the bindings want them. */
  private static void setting(ObjectNode config, String key, String value) {
    if (key.equals(TopicConfig.CLEANUP_POLICY_CONFIG)) {
      ArrayNode policies = config.putArray(key);
      List.of(value.split(",")).forEach(policy -> policies.add(policy.strip()));
    } else if (WHOLE_NUMBER.matcher(value).matches()) {
      config.put(key, Long.parseLong(value));
    } else {
      config.put(key, value);
    }
  }

  private void operations(ObjectNode operations, TopicSpec topic, TopicRole role) {
    switch (role) {
      case INPUT ->
          operation(operations, "receive", topic)
              .putObject("bindings")
              .putObject("kafka")
              .put("bindingVersion", BINDINGS)
              .putObject("groupId")
              .put("const", settings.applicationId());
      case OUTPUT, DISAGREEMENTS, TRENDS, ALERTS -> operation(operations, "send", topic);
      case DEAD_LETTERS, REPLAYS, CONTROL -> {
        operation(operations, "send", topic);
        operation(operations, "receive", topic);
      }
    }
  }

  private static ObjectNode operation(ObjectNode operations, String action, TopicSpec topic) {
    ObjectNode operation = operations.putObject("%s.%s".formatted(action, topic.name()));
    operation.put("action", action);
    String channel = "#/channels/" + topic.name();
    operation.putObject("channel").put("$ref", channel);
    operation
        .putArray("messages")
        .addObject()
        .put("$ref", "%s/messages/%s".formatted(channel, MESSAGE));
    return operation;
  }
}
