package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.metrics.Meters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.kafka.KafkaContainer;

/**
 * The main path against the broker image that docker-compose.yml runs. Skipped where no Docker
 * answers or the image can neither be found nor fetched; the same path runs against a broker in the
 * process in other tests.
 */
final class KafkaContainerIT {
  private static final int EVENTS = 400;
  private static final int KEYS = 10;
  private static final int BROKEN_EVERY = 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KafkaContainer kafka = new KafkaContainer("apache/kafka:4.3.1");
  private final Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();

  KafkaContainerIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void startBroker() {
    try {
      assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "skipped: no Docker answers");
      kafka.start();
    } catch (ContainerFetchException | ContainerLaunchException failure) {
      abortWhereImagesCannotBeFetched(failure);
      throw failure;
    }
  }

  private static void abortWhereImagesCannotBeFetched(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ContainerFetchException) {
        Assumptions.abort("skipped: Docker answers, but an image is missing: " + cause);
      }
    }
  }

  @AfterEach
  void stopBroker() {
    kafka.stop();
  }

  @Test
  void events_throughABrokerInAContainer_areLabelledOrDeadLetteredInOrder() throws Exception {
    KeywordModel.save(folder.resolve("model"));
    createTopics();
    send();

    try (StreamRunner stream = StreamRunner.of(settings(), registry)) {
      stream.start();
      List<ConsumerRecord<String, String>> labelled =
          read("tweets.sentiment", EVENTS - EVENTS / BROKEN_EVERY);
      List<ConsumerRecord<String, String>> deadLetters =
          read("sentiment.dead-letters", EVENTS / BROKEN_EVERY);

      assertThat(labelled)
          .extracting(event -> json(event).path("id").asInt())
          .doesNotHaveDuplicates();
      assertThat(labelled)
          .allSatisfy(
              event -> {
                int id = json(event).path("id").asInt();
                assertThat(event.key()).isEqualTo(key(id));
                assertThat(json(event).path("label").asText()).isEqualTo(label(id));
              });
      assertThat(idsByKey(labelled))
          .hasSize(KEYS)
          .values()
          .allSatisfy(ids -> assertThat(ids).isSorted());
      assertThat(deadLetters)
          .extracting(event -> json(event).path("reason").asText())
          .containsOnly("invalid-json");
      assertThat(stream.ready().isUp()).isTrue();
      assertThat(registry.get(Meters.EVENTS_IN).tag(Meters.ROUTE, "tweets").counter().count())
          .isEqualTo(EVENTS);
    }
  }

  private StreamSettings settings() {
    String model = folder.resolve("model").toString();
    return SettingsLoader.load(
        null,
        Map.of(),
        Map.of(
            "bootstrapServers",
            kafka.getBootstrapServers(),
            "routes.tweets.model",
            model,
            "routes.reviews.model",
            model,
            "kafka.state.dir",
            folder.resolve("state").toString()));
  }

  private void createTopics() throws Exception {
    List<NewTopic> topics =
        TopicCatalog.read(Path.of("topics")).topics().stream()
            .map(
                topic ->
                    new NewTopic(topic.name(), topic.partitions(), topic.replicas())
                        .configs(topic.config()))
            .toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.getBootstrapServers()))) {
      admin.createTopics(topics).all().get();
    }
  }

  private void send() throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.getBootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      List<Future<RecordMetadata>> sent =
          IntStream.range(0, EVENTS)
              .mapToObj(id -> new ProducerRecord<>("tweets", key(id), value(id)))
              .map(producer::send)
              .toList();
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  private static String key(int id) {
    return "key-" + id % KEYS;
  }

  private static String value(int id) {
    if (id % BROKEN_EVERY == 0) {
      return "{\"id\":" + id + ",\"text\":\"good";
    }
    String word = label(id).equals("positive") ? "good" : "bad";
    return "{\"id\":%d,\"text\":\"%sa %s flight\"}".formatted(id, "what ".repeat(id % 7), word);
  }

  private static String label(int id) {
    return id % 3 == 0 ? "positive" : "negative";
  }

  /** Reads committed records until there are so many, and no more within a moment. */
  private List<ConsumerRecord<String, String>> read(String topic, int expected) {
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            kafka.getBootstrapServers(),
            "group.id",
            "reader-of-" + topic,
            "auto.offset.reset",
            "earliest",
            "isolation.level",
            "read_committed");
    List<ConsumerRecord<String, String>> records = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer())) {
      consumer.subscribe(List.of(topic));
      Awaitility.await()
          .pollInSameThread()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                assertThat(records).hasSizeGreaterThanOrEqualTo(expected);
              });
      consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
    }
    assertThat(records).hasSize(expected);
    return records;
  }

  private static Map<String, List<Integer>> idsByKey(List<ConsumerRecord<String, String>> events) {
    return events.stream()
        .collect(
            Collectors.groupingBy(
                ConsumerRecord::key,
                Collectors.mapping(event -> json(event).path("id").asInt(), Collectors.toList())));
  }

  private static JsonNode json(ConsumerRecord<String, String> event) {
    try {
      return JSON.readTree(event.value().getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(event.value(), e);
    }
  }
}
