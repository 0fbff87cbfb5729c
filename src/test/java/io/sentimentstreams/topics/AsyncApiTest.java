package io.sentimentstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AsyncApiTest {
  private static final Path TOPICS = Path.of("topics");
  private static final Path DOCUMENT = Path.of("docs/asyncapi.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void documentThatShips_madeAnew_isTheSame() throws IOException {
    assertThat(document(Map.of()))
        .as("./sentiment topics asyncapi --out docs/asyncapi.yaml writes it anew")
        .isEqualTo(Files.readString(DOCUMENT));
  }

  @Test
  void topics_thatNoFileDescribes_areTold() {
    StreamSettings settings =
        SettingsLoader.load(
            null, Map.of(), Map.of("routes.tweets.inputs", "tweets, my.own, other"));
    assertThat(new AsyncApi(TopicCatalog.read(TOPICS), settings, TOPICS).undescribed())
        .containsExactly("my.own", "other");
  }

  @Test
  void document_ofTheShippedTopics_isAnAsyncApiDocument() throws IOException {
    assertThat(mistakes(tree(Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          asyncapi: 3.0.0    | asyncapi: 2.6.0
          partitions: 4      | partitions: none
          action: receive    | action: read
          retention.ms: -1   | retention.ms: [x]
          description:       | descripton:
          """)
  void document_withAMistake_isFoundByTheSchema(String good, String bad) throws IOException {
    String document = document(Map.of());
    assertThat(document).contains(good);
    String wrong = document.replace(good, bad);

    assertThat(mistakes(new YAMLMapper().readTree(wrong))).isNotEmpty();
  }

  @Test
  void schemas_thatTheDocumentRefersTo_areThere() throws IOException {
    Set<String> files =
        Set.copyOf(
            new YAMLMapper()
                .readTree(Files.readString(DOCUMENT)).findValuesAsText("$ref").stream()
                    .filter(reference -> !reference.startsWith("#"))
                    .toList());

    assertThat(files).hasSizeGreaterThan(10);
    assertThat(files).allSatisfy(file -> assertThat(Path.of("docs").resolve(file)).isRegularFile());
  }

  @Test
  void references_withinTheDocument_leadSomewhere() throws IOException {
    JsonNode document = tree(Map.of());

    List<String> references =
        document.findValuesAsText("$ref").stream().filter(r -> r.startsWith("#")).toList();

    assertThat(references).isNotEmpty();
    assertThat(references)
        .allMatch(reference -> !document.at(reference.substring(1)).isMissingNode());
  }

  @Test
  void channels_ofTheShippedTopics_haveWhatTheirFilesSay() throws IOException {
    JsonNode channels = tree(Map.of()).get("channels");
    TopicCatalog catalog = TopicCatalog.read(TOPICS);

    assertThat(channels).hasSize(catalog.topics().size());
    for (TopicSpec topic : catalog.topics()) {
      JsonNode kafka = channels.at("/" + topic.name() + "/bindings/kafka");
      assertThat(kafka.get("partitions").intValue()).isEqualTo(topic.partitions());
      assertThat(kafka.get("replicas").intValue()).isEqualTo(topic.replicas());
      assertThat(kafka.get("topicConfiguration")).hasSize(topic.config().size());
    }
    assertThat(channels.at("/tweets/bindings/kafka/topicConfiguration"))
        .isEqualTo(
            JSON.readTree(
                """
                {"cleanup.policy":["delete"],"max.message.bytes":4194304,
                 "retention.bytes":1073741824,"retention.ms":-1}
                """));
  }

  @Test
  void operations_ofSettings_followTheirRoutesAndBroker() throws IOException {
    JsonNode document =
        tree(
            Map.of(
                "applicationId", "labels",
                "bootstrapServers", "one:9093,two:9093",
                "kafka.security.protocol", "SASL_SSL",
                "routes.tweets.output", "labels",
                "routes.reviews.inputs", "tweets.sentiment"));

    assertThat(document.at("/servers/kafka"))
        .isEqualTo(JSON.readTree("{\"host\":\"one:9093\",\"protocol\":\"kafka-secure\"}"));
    JsonNode operations = document.get("operations");
    assertThat(operations.at("/receive.tweets.sentiment/bindings/kafka/groupId/const").textValue())
        .isEqualTo("labels");
    assertThat(operations.at("/send.reviews.sentiment/action").textValue()).isEqualTo("send");
    assertThat(operations.has("receive.reviews")).isFalse();
    assertThat(operations.has("send.tweets.sentiment")).isFalse();
    assertThat(operations.has("receive.sentiment.models")).isTrue();
    assertThat(document.at("/channels/reviews").isMissingNode()).isFalse();
    assertThat(mistakes(document)).isEmpty();
  }

  private static JsonNode tree(Map<String, String> settings) throws IOException {
    return new YAMLMapper().readTree(document(settings));
  }

  private static String document(Map<String, String> overrides) {
    StreamSettings settings = SettingsLoader.load(null, Map.of(), overrides);
    return new AsyncApi(TopicCatalog.read(TOPICS), settings, Path.of("../topics")).yaml();
  }

  /** What AsyncAPI's own schema of its documents says, which is for documents in one file. */
  private static Set<ValidationMessage> mistakes(JsonNode document) throws IOException {
    try (InputStream schema =
        Objects.requireNonNull(
            AsyncApiTest.class.getResourceAsStream("asyncapi-3.0.0.schema.json"))) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
          .getSchema(schema)
          .validate(inOneFile(document));
    }
  }

  /** With the content of other files in the place of the references to them. */
  private static JsonNode inOneFile(JsonNode node) throws IOException {
    String reference = node.path("$ref").asText("#");
    if (!reference.startsWith("#")) {
      return JSON.readTree(Files.readString(Path.of("docs").resolve(reference)));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode whole = JSON.createObjectNode();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        whole.set(field.getKey(), inOneFile(field.getValue()));
      }
      return whole;
    }
    return node;
  }
}
