package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.event.TopicSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real stream and the commands write, against the JSON Schemas of the topics. */
final class ContractsIT {
  private static final Path TOPICS = Path.of("topics");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonSchemaFactory SCHEMAS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

  @Test
  void records_ofEveryTopic_areAsTheirSchemasSay(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      String servers = broker.bootstrapServers();
      requireDone(servers, "topics", "apply");
      List<DemoEvent> events = Samples.all();
      send(servers, events);
      TestShell stream = new TestShell();
      CompletableFuture<Integer> status =
          CompletableFuture.supplyAsync(
              () ->
                  stream.run(
                      "stream",
                      "--set=bootstrapServers=" + servers,
                      "--set=http.port=0",
                      "--set=cloudEvents.source=/sentiment-streams",
                      "--set=routes.tweets.model=models/tweets-conv1d",
                      "--set=routes.tweets.shadow=models/tweets-bilstm",
                      "--set=routes.tweets.shadowShare=1",
                      "--set=routes.tweets.includeText=true",
                      "--set=routes.tweets.trends=all",
                      "--set=routes.tweets.trendsWindow=1s",
                      "--set=routes.tweets.trendsGrace=1s",
                      "--set=routes.tweets.trendsIdle=1s",
                      "--set=routes.tweets.alertAbove=0.2",
                      "--set=routes.tweets.alertEvents=5",
                      "--set=routes.reviews.model=models/reviews-conv1d"));
      TestTopics.read(
          servers,
          events.size(),
          "tweets.sentiment",
          "reviews.sentiment",
          "sentiment.dead-letters");
      requireDone(servers, "models", "activate", "tweets", "models/tweets-bilstm", "--wait");
      requireDone(servers, "dead-letters", "replay", "--reason=invalid-json", "--limit=1");
      TestTopics.read(servers, 1, "sentiment.dead-letters.replays");
      TestTopics.read(servers, 1, "sentiment.trends");
      TestTopics.read(servers, 1, "sentiment.alerts");
      assertThat(stream.interrupt()).isTrue();
      assertThat(status.get(1, TimeUnit.MINUTES)).as(stream.err()).isZero();

      Set<String> deadLettered = deadLettered(servers);
      for (TopicSpec topic : TopicCatalog.read(TOPICS).topics()) {
        for (ConsumerRecord<byte[], byte[]> record : TestTopics.read(servers, 1, topic.name())) {
          requireContract(topic, record, deadLettered.contains(place(record)));
        }
      }
    }
  }

  private static void requireDone(String servers, String... command) {
    TestShell shell = new TestShell();
    String[] arguments =
        Stream.concat(Stream.of(command), Stream.of("--set=bootstrapServers=" + servers))
            .toArray(String[]::new);
    assertThat(shell.run(arguments)).as(shell.out() + shell.err()).isZero();
  }

  // Kafka's constructor does not say so, but a value may be null (a tombstone).
  @SuppressWarnings("NullAway")
  private static void send(String servers, List<DemoEvent> events) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (DemoEvent event : events) {
        ProducerRecord<byte[], byte[]> record =
            new ProducerRecord<>(event.route(), event.key().getBytes(UTF_8), event.value());
        record.headers().add("trace", event.key().getBytes(UTF_8));
        var unused = producer.send(record);
      }
    }
  }

  /** The places of the events that were not labelled. */
  private static Set<String> deadLettered(String servers) throws IOException {
    Set<String> places = new HashSet<>();
    for (ConsumerRecord<byte[], byte[]> letter :
        TestTopics.read(servers, 1, "sentiment.dead-letters")) {
      JsonNode event = JSON.readTree(letter.value());
      places.add(
          "%s %d:%d"
              .formatted(
                  event.get("topic").textValue(),
                  event.get("partition").intValue(),
                  event.get("offset").longValue()));
    }
    return places;
  }

  private static String place(ConsumerRecord<byte[], byte[]> record) {
    return "%s %d:%d".formatted(record.topic(), record.partition(), record.offset());
  }

  private static void requireContract(
      TopicSpec topic, ConsumerRecord<byte[], byte[]> record, boolean broken) throws IOException {
    String place = place(record);
    String key = topic.schemas().key();
    String headers = topic.schemas().headers();
    String value = topic.schemas().value();
    if (key != null) {
      requireValid(place + " key", key, JSON.valueToTree(text(record.key())));
    }
    if (headers != null) {
      requireValid(place + " headers", headers, headers(record));
    }
    if (value != null && record.value() != null && !broken) {
      requireValid(place, value, JSON.readTree(record.value()));
    }
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  /** By name, the last one of each. */
  private static ObjectNode headers(ConsumerRecord<byte[], byte[]> record) {
    ObjectNode headers = JSON.createObjectNode();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return headers;
  }

  private static void requireValid(String place, String file, JsonNode node) throws IOException {
    JsonSchema schema = SCHEMAS.getSchema(Files.readString(TOPICS.resolve(file)));
    assertThat(
            schema.validate(
                node.toString(),
                InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
        .as("%s: %s", place, node)
        .isEmpty();
  }
}
