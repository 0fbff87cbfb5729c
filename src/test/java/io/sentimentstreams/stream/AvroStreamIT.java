package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.audit.AuditReport.Verdict;
import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.avro.RegistryStub;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterReader;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.web.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A route in Avro, with Apicurio's serializer as its producer and Apicurio's deserializer as its
 * consumer; {@code -Dsentiment.test.registry=http://.../apis/registry/v3} has a real registry in
 * the stub's place where none has to fall ill.
 */
final class AvroStreamIT {
  private static final String OUTPUT = "tweets.sentiment";
  private static final String DEAD = "sentiment.dead-letters";
  private static final int PARTITIONS = 2;
  private static final int EVENTS = 150;

  private static final Schema TWEET =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Tweet", "namespace": "org.example", "fields": [
                {"name": "id", "type": "long"},
                {"name": "lang", "type": {"type": "enum", "name": "Lang", "symbols": ["en", "de"]}},
                {"name": "text", "type": ["null", "string"]}]}
              """);

  private final KafkaFixture kafka;
  private final RegistryStub stub = new RegistryStub();
  private final FakeLabeller model = new FakeLabeller();
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Map<Boolean, AvroKafkaSerializer<GenericRecord>> serializers = new HashMap<>();
  private String registry =
      Objects.requireNonNullElse(System.getProperty("sentiment.test.registry"), stub.url());

  AvroStreamIT(@TempDir Path folder) throws IOException {
    kafka = new KafkaFixture(folder);
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka.createTopics(PARTITIONS, "tweets", "reviews", OUTPUT, "reviews.sentiment", DEAD);
    kafka.createTopics(1, "sentiment.trends");
  }

  @AfterEach
  void close() {
    serializers.values().forEach(AvroKafkaSerializer::close);
    metrics.close();
    kafka.close();
    stub.close();
  }

  @Test
  void events_inAvro_areLabelledInAvroOnceInOrder() throws Exception {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      events.add(event(i % PARTITIONS, tweet(i, "text " + i), i % 3 == 0));
    }
    byte[] garbage = "{\"text\":\"JSON\"}".getBytes(UTF_8);
    byte[] unknown = {0, 0x7F, 0, 0, 1, 2, 3};
    byte[] cutOff = event(0, tweet(1, "cut off"), false).value();
    cutOff = Arrays.copyOf(cutOff, cutOff.length - 2);
    List<byte[]> bad = List.of(garbage, unknown, cutOff);
    bad.forEach(value -> events.add(new ProducerRecord<>("tweets", 0, null, value)));
    events.add(event(0, tweet(9, null), false));
    events.add(event(0, tweet(10, "POISON"), false));
    events.add(event(0, tweet(11, "last"), false));
    kafka.send(events);

    try (StreamRunner runner =
        runner(
            "batch.maximumRows", "64",
            "routes.tweets.includeText", "true",
            "routes.tweets.trends", "/lang",
            "cloudEvents.source", "/labels")) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= events.size());

      assertThat(records).hasSize(events.size());
      List<ConsumerRecord<byte[], byte[]>> labelled = of(OUTPUT, records);
      assertThat(labelled).hasSize(EVENTS + 1);
      AvroKafkaDeserializer<GenericRecord> consumer = deserializer();
      for (ConsumerRecord<byte[], byte[]> record : labelled) {
        GenericRecord value =
            consumer.deserialize(record.topic(), record.headers(), record.value());
        String text = value.get("text").toString();
        assertThat(value.get("label")).hasToString(FakeLabeller.labelOf(text));
        assertThat(value.get("id")).hasToString(text.equals("last") ? "11" : text.substring(5));
        assertThat(header(record, "content-type")).isEqualTo("application/avro");
        assertThat(header(record, "sentiment.source.offset")).isNotNull();
        assertThat(record.headers().lastHeader("apicurio.value.contentId")).isNull();
      }
      requireOrder(labelled);
      List<ConsumerRecord<byte[], byte[]>> dead = of(DEAD, records);
      assertThat(dead)
          .extracting(record -> header(record, "sentiment.dead-letter.reason"))
          .containsExactly(
              "invalid-avro",
              "unknown-schema",
              "invalid-avro",
              "text-not-a-string",
              "inference-failed");
      for (int i = 0; i < bad.size(); i++) {
        DeadLetter.Content kept = DeadLetterReader.read(dead.get(i).value()).value();
        assertThat(Objects.requireNonNull(kept).bytes()).isEqualTo(bad.get(i));
      }
      requireBalanced();
      requireCounted(runner);
    }
  }

  @Test
  void registry_thatFallsIll_stopsTheStreamAndLosesNothing() throws Exception {
    registry = stub.url();
    kafka.send(List.of(event(0, tweet(1, "first"), false)));
    try (StreamRunner runner = runner("breaker.retries", "0", "breaker.backOff", "100ms")) {
      runner.start();
      kafka.read(List.of(OUTPUT), records -> records.size() == 1);
      ProducerRecord<byte[], byte[]> ofAnotherSchema = event(0, record("Other", "second"), false);
      ProducerRecord<byte[], byte[]> ofTheSame = event(0, tweet(3, "third"), false);
      stub.become(RegistryStub.State.FAILING);
      kafka.send(List.of(ofAnotherSchema, ofTheSame));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () ->
                  assertThat(runner.ready().reasons())
                      .anyMatch(reason -> reason.contains("the schema registry does not answer")));
      assertThat(runner.live().isUp()).isTrue();

      stub.become(RegistryStub.State.WELL);
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= 3);

      assertThat(records).extracting(ConsumerRecord::topic).containsOnly(OUTPUT);
      assertThat(records)
          .extracting(record -> header(record, "sentiment.source.offset"))
          .containsExactly("0", "1", "2");
      Awaitility.await().until(() -> runner.ready().isUp());
      requireBalanced();
    }
  }

  @Test
  void start_withoutTheRegistry_isRefused() {
    stub.close();
    registry = stub.url();
    try (StreamRunner runner = runner()) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("schemaRegistry.url", stub.url(), "start the registry");
    }
  }

  private StreamRunner runner(String... keysAndValues) {
    return new StreamRunner(
        settings(keysAndValues), route -> model, metrics.registry(), InstantSource.system());
  }

  private StreamSettings settings(String... keysAndValues) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "bootstrapServers",
                kafka.bootstrapServers(),
                "routes.tweets.format",
                "avro",
                "schemaRegistry.url",
                registry,
                "kafka.commit.interval.ms",
                "100"));
    all.addAll(List.of(keysAndValues));
    return TestSettings.with(all.toArray(String[]::new));
  }

  private static GenericRecord tweet(long id, @Nullable String text) {
    GenericRecord tweet = new GenericData.Record(TWEET);
    tweet.put("id", id);
    tweet.put(
        "lang",
        new GenericData.EnumSymbol(TWEET.getField("lang").schema(), id % 2 == 0 ? "en" : "de"));
    tweet.put("text", text);
    return tweet;
  }

  private static GenericRecord record(String name, String text) {
    Schema schema =
        Schema.createRecord(
            name,
            null,
            "org.example",
            false,
            List.of(new Schema.Field("text", Schema.create(Schema.Type.STRING))));
    GenericRecord record = new GenericData.Record(schema);
    record.put("text", text);
    return record;
  }

  private ProducerRecord<byte[], byte[]> event(
      int partition, GenericRecord value, boolean idInHeaders) {
    RecordHeaders headers = new RecordHeaders();
    byte[] bytes =
        serializers
            .computeIfAbsent(idInHeaders, this::serializer)
            .serialize("tweets", headers, value);
    return new ProducerRecord<>("tweets", partition, null, null, bytes, headers);
  }

  private AvroKafkaSerializer<GenericRecord> serializer(boolean idInHeaders) {
    AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>();
    serializer.configure(
        Map.of(
            "apicurio.registry.url",
            registry,
            "apicurio.registry.auto-register",
            "true",
            "apicurio.registry.headers.enabled",
            Boolean.toString(idInHeaders)),
        false);
    return serializer;
  }

  private AvroKafkaDeserializer<GenericRecord> deserializer() {
    AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>();
    deserializer.configure(
        Map.of("apicurio.registry.url", registry, "apicurio.registry.headers.enabled", "true"),
        false);
    return deserializer;
  }

  private static List<ConsumerRecord<byte[], byte[]>> of(
      String topic, List<ConsumerRecord<byte[], byte[]>> records) {
    Predicate<ConsumerRecord<byte[], byte[]>> isOf = record -> record.topic().equals(topic);
    return records.stream().filter(isOf).toList();
  }

  private static void requireOrder(List<ConsumerRecord<byte[], byte[]>> records) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String number = Integer.toString(partition);
      assertThat(
              records.stream()
                  .filter(record -> number.equals(header(record, "sentiment.source.partition")))
                  .map(record -> Long.parseLong(header(record, "sentiment.source.offset")))
                  .toList())
          .isSorted()
          .doesNotHaveDuplicates()
          .isNotEmpty();
    }
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private void requireBalanced() throws InterruptedException {
    AuditRequest request = AuditRequest.ofAll(Duration.ofSeconds(30), 5);
    AuditResult audit = new TopicAudit(settings(), request, records -> {}, () -> false).run();
    assertThat(audit.report().verdict()).isEqualTo(Verdict.BALANCED);
  }

  /** The groups come from a field of the events, an enum. */
  private static void requireCounted(StreamRunner runner) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(
                        runner.trends(new Query("", Map.of("route", "tweets", "key", "de"))).body())
                    .contains("\"group\":\"de\""));
  }
}
