package io.sentimentstreams.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TopicCatalogTest {
  private static final String GOOD =
      """
      apiVersion: kafka.strimzi.io/v1
      kind: KafkaTopic
      metadata:
        name: events
        annotations:
          sentiment-streams.io/owner: somebody
          sentiment-streams.io/description: some events
      spec:
        partitions: 3
        replicas: 2
        config:
          retention.ms: -1
          cleanup.policy: delete
          preallocate: true
      """;

  private final Path folder;

  TopicCatalogTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void topicsThatShip_read_areThoseOfTheStream() {
    TopicCatalog catalog = TopicCatalog.read(Schemas.TOPICS);

    assertThat(catalog.topics())
        .extracting(TopicSpec::name)
        .containsExactly(
            "reviews",
            "reviews.sentiment",
            "sentiment.alerts",
            "sentiment.dead-letters",
            "sentiment.dead-letters.replays",
            "sentiment.disagreements",
            "sentiment.models",
            "sentiment.trends",
            "tweets",
            "tweets.sentiment");
    assertThat(catalog.topics())
        .allMatch(topic -> topic.schemas().value() != null && topic.schemas().key() != null);
    for (String input : Set.of("tweets", "reviews")) {
      assertThat(catalog.topic(input + ".sentiment").partitions())
          .isEqualTo(catalog.topic(input).partitions());
    }
  }

  @Test
  void topicsThatShip_configured_useSettingsThatKafkaKnows() throws IllegalAccessException {
    Set<String> known = knownToKafka();

    assertThat(TopicCatalog.read(Schemas.TOPICS).topics())
        .allSatisfy(topic -> assertThat(known).containsAll(topic.config().keySet()));
  }

  private static Set<String> knownToKafka() throws IllegalAccessException {
    Set<Field> settings =
        Arrays.stream(TopicConfig.class.getFields())
            .filter(f -> Modifier.isStatic(f.getModifiers()) && f.getName().endsWith("_CONFIG"))
            .collect(Collectors.toSet());
    Set<String> names = new HashSet<>();
    for (Field setting : settings) {
      names.add((String) setting.get(null));
    }
    return names;
  }

  @Test
  void file_thatIsWhole_givesEveryField() throws IOException {
    Files.writeString(folder.resolve("events.yaml"), GOOD);
    Files.writeString(folder.resolve("README.md"), "not a topic");
    Files.createDirectory(folder.resolve("folder.yaml"));

    TopicSpec topic = TopicCatalog.read(folder).topic("events");

    assertThat(topic.partitions()).isEqualTo(3);
    assertThat(topic.replicas()).isEqualTo((short) 2);
    assertThat(topic.config())
        .containsEntry("retention.ms", "-1")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("preallocate", "true")
        .hasSize(3);
    assertThat(topic.owner()).isEqualTo("somebody");
    assertThat(topic.description()).isEqualTo("some events");
    assertThat(topic.schemas()).isEqualTo(TopicSchemas.NONE);
  }

  @Test
  void topicName_besideTheResources_isTheTopics() throws IOException {
    String named = GOOD.replace("spec:\n", "spec:\n  topicName: Events_of_2026\n");
    Files.writeString(folder.resolve("events.yaml"), named);

    assertThat(TopicCatalog.read(folder).topics())
        .extracting(TopicSpec::name)
        .containsExactly("Events_of_2026");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kafka.strimzi.io/v1     | v1beta2 | apiVersion: v1beta2, but kafka.strimzi.io/v1 is needed
          kind: KafkaTopic        | kind: KafkaUser | kind: KafkaUser, but KafkaTopic is needed
          kind: KafkaTopic        | x: 1    | x: unknown field; known are [apiVersion, kind, metadata, spec]
          name: events            | name: a/b | metadata.name: a/b, but a name for Kubernetes
          name: events            | name: .. | metadata.name: .., but a name for Kubernetes
          name: events            | name: Events | metadata.name: Events, but a name for Kubernetes
          partitions: 3           | topicName: a/b | spec.topicName: a/b, but 1 to 249 letters
          partitions: 3           | topicName: 7 | spec.topicName: 7, but a text is needed
          name: events            | name: 12 | metadata.name: 12, but a text is needed
          name: events            | namespace: x | metadata.name: missing, but a text is needed
          partitions: 3           | partitions: four | spec.partitions: "four", but a whole number of 1 or more
          partitions: 3           | partitions: 0 | spec.partitions: 0, but a whole number of 1 or more
          partitions: 3           | partitons: 3 | spec.partitons: unknown field; known are [config, partitions, replicas, topicName]
          partitions: 3           | replicas: 3 | invalid YAML: Duplicate field 'replicas'
          replicas: 2             | replicas: 40000 | spec.replicas: 40000, but a whole number
          preallocate: true       | preallocate: [1] | spec.config.preallocate: [1], but a single value is needed
          owner: somebody         | owner: '' | metadata.annotations.sentiment-streams.io/owner: "", but a text is needed
          owner: somebody         | schema: none.json | owner: missing, but a text is needed
          description: some events | schema: a.json | description: missing, but a text is needed
          """)
  void file_withAWrongField_isRefusedByNameOfFileAndField(String good, String bad, String message)
      throws IOException {
    Path file = folder.resolve("events.yaml");
    assertThat(GOOD).contains(good);
    Files.writeString(file, GOOD.replace(good, bad));

    assertRefused(file + ": ", message);
  }

  @Test
  void schema_thatIsNotThere_isRefused() throws IOException {
    String withSchema =
        GOOD.replace("spec:\n", "    sentiment-streams.io/schema: schemas/none.json\nspec:\n");
    Files.writeString(folder.resolve("events.yaml"), withSchema);

    assertRefused("schema: schemas/none.json, but a file in the folder of the topics is needed");
  }

  @Test
  void files_ofTheSameTopic_areRefused() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), GOOD);
    Files.writeString(folder.resolve("b.yml"), GOOD);

    assertRefused("b.yml", "metadata.name: \"events\" is described in ", "a.yaml too");
  }

  @Test
  void file_thatIsNoMapping_isRefused() throws IOException {
    Path file = folder.resolve("events.yaml");

    Files.writeString(file, "");
    assertRefused("events.yaml: holds no YAML mapping");
    Files.writeString(file, GOOD + "---\n" + GOOD);
    assertRefused("events.yaml: more than one document");
    Files.writeString(file, "a: [");
    assertRefused("events.yaml: invalid YAML");
    Files.write(file, new byte[] {(byte) 0xC3, 0});
    assertRefused("events.yaml: cannot be read as UTF-8 text");
  }

  @Test
  void folder_withoutTopics_isRefused() {
    assertRefused("holds no .yaml file; name the folder of the topics");
    assertThatThrownBy(() -> TopicCatalog.read(folder.resolve("none")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none: cannot be read; name the folder of the topics");
  }

  @Test
  void topic_thatIsNotDescribed_isNamedWithThoseThatAre() throws IOException {
    Files.writeString(folder.resolve("events.yaml"), GOOD);

    assertThatThrownBy(() -> TopicCatalog.read(folder).topic("evnts"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("topic \"evnts\": not described; there are [events]");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> TopicCatalog.read(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts)
        .message()
        .doesNotContain("\n");
  }
}
