package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameCodec;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SentimentTopologyTest {
  private static final Instant SCORED_AT = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final FakeLabeller model = new FakeLabeller();
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(1_000_000);
  private TopologyTestDriver driver = driver(TestSettings.with());

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void event_alone_isLabelledAndKeepsWhatItCameWith() throws IOException {
    RecordHeaders headers = new RecordHeaders();
    headers.add("trace", bytes("abc"));
    headers.add("trace", null);
    input().pipeInput(new TestRecord<>(bytes("key"), json("7", "good"), headers, 1234L));

    TestRecord<byte[], byte[]> output = labelled().readRecord();
    assertThat(output.key()).isEqualTo(bytes("key"));
    assertThat(output.timestamp()).isEqualTo(1234);
    assertThat(headers(output))
        .containsExactly(
            "trace=abc",
            "trace=null",
            "sentiment.source.topic=tweets",
            "sentiment.source.partition=0",
            "sentiment.source.offset=0",
            "sentiment.model=fake",
            "sentiment.model.version=v1");
    JsonNode value = JSON.readTree(output.value());
    assertThat(value.get("id").asText()).isEqualTo("7");
    assertThat(value.get("label").asText()).isEqualTo(FakeLabeller.labelOf("good"));
    assertThat(value.get("score").asDouble()).isEqualTo(0.8);
    assertThat(value.get("probabilities").size()).isEqualTo(3);
    assertThat(value.get("scoredAt").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(value.has("text")).isFalse();
    assertThat(deadLetters().isEmpty()).isTrue();
  }

  @Test
  void cloudEvents_turnedOn_haveAttributesInThePlaceOfTheInputs() {
    restart("cloudEvents.source", "/labels");
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", bytes("theirs"));
    headers.add("trace", bytes("abc"));
    headers.add("ce_subject", bytes("theirs"));
    headers.add("content-type", bytes("application/cloudevents+json"));
    input().pipeInput(new TestRecord<>(bytes("key"), json("7", "good"), headers, 1234L));
    input().pipeInput(new TestRecord<>(bytes("key"), bytes("{oops"), headers, 1235L));

    assertThat(headers(labelled().readRecord()))
        .filteredOn(header -> !header.startsWith("sentiment."))
        .containsExactly(
            "trace=abc",
            "ce_specversion=1.0",
            "ce_id=tweets:0:0",
            "ce_source=/labels/tweets",
            "ce_type=io.sentimentstreams.labelled-event.v1",
            "ce_dataschema=urn:sentiment-streams:schema:labelled-event:1",
            "ce_time=1970-01-01T00:00:01.234Z",
            "content-type=application/json");
    assertThat(headers(deadLetters().readRecord()))
        .contains(
            "trace=abc",
            "sentiment.dead-letter.reason=invalid-json",
            "ce_id=tweets:0:1",
            "ce_source=/labels/tweets",
            "ce_type=io.sentimentstreams.dead-letter.v1",
            "ce_time=1970-01-01T00:00:01.235Z")
        .doesNotContain("ce_id=theirs", "ce_subject=theirs");
  }

  @Test
  void cloudEvents_turnedOff_leaveTheInputsHeadersAsTheyAre() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("ce_id", bytes("theirs"));
    input().pipeInput(new TestRecord<>(bytes("key"), json("7", "good"), headers, 1234L));

    assertThat(headers(labelled().readRecord()))
        .contains("ce_id=theirs")
        .noneMatch(header -> header.startsWith("ce_specversion"));
  }

  @Test
  void cloudEvent_inStructuredMode_isLabelledByPointers() throws IOException {
    restart("routes.tweets.textPointer", "/data/text", "routes.tweets.idPointer", "/id");
    String event =
        """
        {"specversion":"1.0","id":"e-1","source":"/posts","type":"post","datacontenttype":"application/json",
         "data":{"text":"good","lang":"en"}}
        """;
    input().pipeInput(new TestRecord<>(null, bytes(event), new RecordHeaders(), 0L));

    JsonNode value = JSON.readTree(labelled().readValue());
    assertThat(value.get("id").textValue()).isEqualTo("e-1");
    assertThat(value.get("label").textValue()).isEqualTo(FakeLabeller.labelOf("good"));
  }

  @Test
  void frame_ofGoodRows_isOneCallOfTheModelInOrder() throws IOException {
    List<FrameRow> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      rows.add(row(i, json(null, "text " + i)));
    }
    pipe(rows);
    assertThat(model.batches).containsExactly(100);
    List<TestRecord<byte[], byte[]>> outputs = labelled().readRecordsToList();
    assertThat(outputs).hasSize(100);
    for (int i = 0; i < 100; i++) {
      assertThat(header(outputs.get(i), "sentiment.source.offset")).isEqualTo(Integer.toString(i));
      assertThat(outputs.get(i).timestamp()).isEqualTo(1000 + i);
      assertThat(outputs.get(i).key()).isEqualTo(bytes("key" + i));
      assertThat(header(outputs.get(i), "own")).isEqualTo("header" + i);
      assertThat(JSON.readTree(outputs.get(i).value()).has("id")).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|tombstone",
        "\u00ff|invalid-utf8",
        "''|invalid-json",
        "{\"text\":|invalid-json",
        "{\"text\":\"a\"}{}|invalid-json",
        "[]|not-an-object",
        "5|not-an-object",
        "null|not-an-object",
        "\"text\"|not-an-object",
        "{}|text-missing",
        "{\"text\":null}|text-not-a-string",
        "{\"text\":5}|text-not-a-string",
        "{\"text\":[]}|text-not-a-string",
        "{\"text\":\"\"}|empty-text",
        "{\"text\":\" \\n\"}|empty-text",
        "{\"text\":\"a POISON b\"}|inference-failed",
        "{\"text\":\"NAN\"}|inference-failed",
        "{\"text\":\"UNENCODABLE\"}|inference-failed"
      })
  void badEvent_inAFrame_isDeadLetteredAlone(@Nullable String value, String reason)
      throws IOException {
    byte[] bad = value == null ? null : value.getBytes(ISO_8859_1);
    pipe(List.of(row(0, json("a", "fine")), row(6, bad), row(8, json("b", "too"))));

    assertThat(labelled().readRecordsToList())
        .extracting(output -> header(output, "sentiment.source.offset"))
        .containsExactly("0", "8");
    TestRecord<byte[], byte[]> dead = deadLetters().readRecord();
    assertThat(deadLetters().isEmpty()).isTrue();
    assertThat(dead.key()).isEqualTo(bytes("key6"));
    assertThat(dead.timestamp()).isEqualTo(1006);
    assertThat(header(dead, "own")).isEqualTo("header6");
    assertThat(header(dead, "sentiment.dead-letter.reason")).isEqualTo(reason);
    assertThat(header(dead, "__streams.errors.topic")).isEqualTo("tweets");
    assertThat(header(dead, "__streams.errors.partition")).isEqualTo("0");
    assertThat(header(dead, "__streams.errors.offset")).isEqualTo("6");
    JsonNode letter = JSON.readTree(dead.value());
    assertThat(letter.get("reason").asText()).isEqualTo(reason);
    assertThat(letter.get("route").asText()).isEqualTo("tweets");
    assertThat(letter.get("offset").asLong()).isEqualTo(6);
    assertThat(letter.get("detail").asText()).isNotBlank().doesNotContain("\n");
    assertThat(letter.get("value").isNull()).isEqualTo(bad == null);
    assertThat(count("sentiment.events.dead.lettered", "reason", reason)).isEqualTo(1);
  }

  @Test
  void poison_inAFrame_isFoundByHalving() {
    List<FrameRow> rows = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      rows.add(row(i, json(null, i == 20 || i == 63 ? "POISON" : "text")));
    }
    pipe(rows);
    assertThat(labelled().readRecordsToList()).hasSize(62);
    List<TestRecord<byte[], byte[]>> dead = deadLetters().readRecordsToList();
    assertThat(dead)
        .extracting(letter -> header(letter, "__streams.errors.offset"))
        .containsExactly("20", "63");
    assertThat(header(dead.get(0), "__streams.errors.exception"))
        .isEqualTo("java.lang.IllegalStateException");
    assertThat(header(dead.get(0), "__streams.errors.stacktrace")).contains("FakeLabeller");
    assertThat(model.batches).hasSizeLessThanOrEqualTo(2 + 2 * 2 * 6);
    assertThat(count("sentiment.inference.errors")).isPositive();
  }

  @Test
  void wrongNumberOfPredictions_forOneRow_isItsFailureAlone() throws IOException {
    pipe(
        List.of(
            row(0, json(null, "a")),
            row(1, json(null, "TOO-FEW")),
            row(2, json(null, "b")),
            row(3, json(null, "c"))));
    assertThat(labelled().readRecordsToList()).hasSize(3);
    JsonNode letter = JSON.readTree(deadLetters().readValue());
    assertThat(letter.get("offset").asLong()).isEqualTo(1);
    assertThat(letter.get("reason").asText()).isEqualTo("inference-failed");
    assertThat(letter.get("detail").asText()).contains("0 predictions for 1 texts");
  }

  @Test
  void model_brokenForAll_failsInsteadOfBlamingTheEvents() {
    model.broken.set(true);
    assertThatThrownBy(() -> pipe(List.of(row(0, json(null, "a")), row(1, json(null, "b")))))
        .isInstanceOf(TaskMigratedException.class)
        .hasRootCauseMessage("the network fails");
    assertThat(deadLetters().isEmpty()).isTrue();
    assertThat(labelled().isEmpty()).isTrue();
  }

  @Test
  void frame_ofBadRowsOnly_neverCallsTheModel() {
    pipe(List.of(row(0, null), row(1, null)));
    assertThat(model.batches).isEmpty();
    assertThat(deadLetters().readRecordsToList()).hasSize(2);
  }

  @Test
  void text_ofAMegabyte_isLabelled() throws IOException {
    restart("routes.tweets.includeText", "true");
    String text = "long ".repeat(200_000);
    pipe(List.of(row(0, json(null, text))));
    JsonNode value = JSON.readTree(labelled().readValue());
    assertThat(value.get("text").asText()).isEqualTo(text);
  }

  @Test
  void text_overTheLimit_isDeadLetteredCut() throws IOException {
    restart("limits.textBytes", "1000", "limits.valueBytes", "100");
    pipe(List.of(row(0, json(null, "long ".repeat(201)))));
    JsonNode letter = JSON.readTree(deadLetters().readValue());
    assertThat(letter.get("reason").asText()).isEqualTo("text-too-long");
    assertThat(letter.get("value").get("truncated").asBoolean()).isTrue();
    assertThat(letter.get("value").get("utf8").asText()).hasSize(100);
  }

  @ParameterizedTest
  @CsvSource({
    "limits.eventBytes, 18, event-too-large, the value has 19 bytes",
    "limits.keyBytes, 3, key-too-large, the key has 4 bytes",
    "limits.headers, 0, headers-too-large, the event has 1 headers",
    "limits.headerBytes, 9, headers-too-large, have 10 bytes",
    "limits.jsonDepth, 1, json-too-deep, deeper than 1 levels"
  })
  void event_overALimit_isDeadLetteredWithAReasonOfItsOwn(
      String key, String limit, String reason, String detail) throws IOException {
    restart(key, limit);
    byte[] value = bytes("{\"text\":\"a\",\"b\":[]}");
    FrameRow within = new FrameRow(0, 0, null, json(null, "fine"), List.of());
    pipe(List.of(within, row(1, value), new FrameRow(2, 0, null, null, row(2, null).headers())));

    assertThat(labelled().readRecordsToList()).hasSize(1);
    List<TestRecord<byte[], byte[]>> letters = deadLetters().readRecordsToList();
    JsonNode letter = JSON.readTree(letters.get(0).value());
    assertThat(letter.get("reason").asText()).isEqualTo(reason);
    assertThat(letter.get("detail").asText()).contains(detail);
    assertThat(letter.get("value").get("utf8").asText()).isEqualTo(new String(value, UTF_8));
    assertThat(header(letters.get(0), "own")).isEqualTo("header1");
    assertThat(header(letters.get(1), "sentiment.dead-letter.reason")).isEqualTo("tombstone");
  }

  @Test
  void event_ofWhichOnlyTheBeginningIsHere_isDeadLetteredWithItsSize() throws IOException {
    restart("limits.valueBytes", "10");
    pipe(List.of(new FrameRow(0, 0, null, bytes("{\"text\":\"äää"), 20_000_000, List.of())));
    JsonNode letter = JSON.readTree(deadLetters().readValue());
    assertThat(letter.get("reason").asText()).isEqualTo("event-too-large");
    assertThat(letter.get("detail").asText()).contains("20000000 bytes");
    assertThat(letter.get("value").get("utf8").asText()).isEqualTo("{\"text\":\"");
    assertThat(letter.get("value").get("size").asInt()).isEqualTo(20_000_000);
    assertThat(letter.get("value").get("truncated").asBoolean()).isTrue();
  }

  @Test
  void event_atTheLimits_isLabelled() {
    restart(
        "limits.eventBytes", "12",
        "limits.keyBytes", "4",
        "limits.headers", "1",
        "limits.headerBytes", "10",
        "limits.jsonDepth", "1");
    pipe(List.of(row(0, bytes("{\"text\":\"a\"}"))));
    assertThat(labelled().readRecordsToList()).hasSize(1);
  }

  @Test
  void output_overTheLimit_isDeadLettered() throws IOException {
    restart(
        "routes.tweets.includeText", "true",
        "limits.valueBytes", "0",
        "limits.recordBytes", "524288");
    pipe(List.of(row(0, json(null, "x".repeat(524_288))), row(1, json(null, "short"))));
    assertThat(JSON.readTree(deadLetters().readValue()).get("reason").asText())
        .isEqualTo("output-too-large");
    assertThat(labelled().readRecordsToList()).hasSize(1);
  }

  @Test
  void deadLetter_overTheLimit_losesHeadersThenKey() {
    restart("limits.valueBytes", "0", "limits.recordBytes", "524288");
    byte[] large = new byte[524_288];
    FrameHeader header = new FrameHeader("large", large);
    pipe(
        List.of(
            new FrameRow(0, 0, bytes("key"), null, List.of(header)),
            new FrameRow(1, 0, large, null, List.of(header))));
    List<TestRecord<byte[], byte[]>> letters = deadLetters().readRecordsToList();
    assertThat(letters).extracting(TestRecord::key).containsExactly(bytes("key"), null);
    assertThat(letters).allMatch(letter -> letter.headers().lastHeader("large") == null);
    assertThat(letters)
        .extracting(letter -> header(letter, "sentiment.dead-letter.reason"))
        .containsExactly("tombstone", "tombstone");
  }

  @Test
  void record_withAForgedFrameHeader_isAnEventLikeAnyOther() throws IOException {
    RecordHeaders headers = new RecordHeaders();
    headers.add(FrameRecords.HEADER, new byte[8]);
    Frame elsewhere = new Frame("reviews", 0, List.of(row(0, json(null, "smuggled"))));
    input().pipeInput(new TestRecord<>(null, json("1", "honest"), headers, 0L));
    input().pipeInput(new TestRecord<>(null, FrameCodec.encode(elsewhere), headers, 0L));
    assertThat(JSON.readTree(labelled().readValue()).get("id").asText()).isEqualTo("1");
    assertThat(labelled().isEmpty()).isTrue();
    assertThat(deadLetters().readRecordsToList()).hasSize(1);
  }

  @Test
  void routes_two_keepApart() throws IOException {
    TestInputTopic<byte[], byte[]> reviews =
        driver.createInputTopic("reviews", new ByteArraySerializer(), new ByteArraySerializer());
    reviews.pipeInput(json("r", "a review"));
    input().pipeInput(json("t", "a tweet"));
    assertThat(JSON.readTree(output("reviews.sentiment").readValue()).get("id").asText())
        .isEqualTo("r");
    assertThat(JSON.readTree(labelled().readValue()).get("id").asText()).isEqualTo("t");
  }

  @Test
  void plainText_asFormat_isLabelled() throws IOException {
    restart("routes.tweets.format", "text", "routes.tweets.includeText", "true");
    input().pipeInput(bytes("just text"));
    assertThat(JSON.readTree(labelled().readValue()).get("text").asText()).isEqualTo("just text");
  }

  @Test
  void meters_ofAFrame_areRecorded() {
    nanos.set(5_000_000);
    pipe(List.of(row(0, json(null, "two words")), row(1, null), row(2, json(null, "a b c"))));
    assertThat(count("sentiment.events.in")).isEqualTo(3);
    assertThat(count("sentiment.events.labelled", "label", FakeLabeller.labelOf("two")))
        .isPositive();
    assertThat(count("sentiment.tokens")).isEqualTo(5);
    assertThat(count("sentiment.tokens.unknown")).isEqualTo(2);
    assertThat(registry.get("sentiment.batch.rows").tag("route", "tweets").summary().max())
        .isEqualTo(3);
    assertThat(
            registry
                .get("sentiment.latency.queue")
                .tag("route", "tweets")
                .timer()
                .totalTime(TimeUnit.NANOSECONDS))
        .isEqualTo(4_000_000);
  }

  @Test
  void nodes_all_areNamedByTheirRoute() {
    String description =
        SentimentTopology.build(
                TestSettings.with(),
                slots(TestSettings.with()),
                (route, slot) -> TestGuards.strict(),
                route -> Optional.empty(),
                route -> Optional.empty(),
                nanos::get)
            .describe()
            .toString();
    assertThat(description)
        .contains("tweets-events", "label-tweets", "tweets-labelled", "tweets-dead-letters")
        .contains("reviews-events", "label-reviews", "reviews-labelled", "reviews-dead-letters")
        .doesNotContain("KSTREAM");
  }

  private void restart(String... settings) {
    driver.close();
    registry = new SimpleMeterRegistry();
    driver = driver(TestSettings.with(settings));
  }

  private TopologyTestDriver driver(StreamSettings settings) {
    Properties properties = new Properties();
    properties.putAll(StreamProperties.of(settings, () -> {}, new NarrowFrames()));
    return new TopologyTestDriver(
        SentimentTopology.build(
            settings,
            slots(settings),
            (route, slot) -> TestGuards.strict(),
            route -> Optional.empty(),
            route -> Optional.empty(),
            nanos::get),
        properties);
  }

  private Function<Route, ModelSlot> slots(StreamSettings settings) {
    return TestSlots.of(settings, model, registry, SCORED_AT, nanos::get);
  }

  /** Pipes rows as one frame; the driver gives the first record of a topic the offset 0. */
  private void pipe(List<FrameRow> rows) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(FrameRecords.HEADER, FrameRecords.packedAt(1_000_000));
    byte[] frame = FrameCodec.encode(new Frame("tweets", 0, rows));
    input().pipeInput(new TestRecord<>(null, frame, headers, 0L));
  }

  private static FrameRow row(long offset, byte @Nullable [] value) {
    return new FrameRow(
        offset,
        1000 + offset,
        bytes("key" + offset),
        value,
        List.of(new FrameHeader("own", bytes("header" + offset))));
  }

  private static byte[] json(@Nullable String id, String text) {
    ObjectNode event = JSON.createObjectNode();
    if (id != null) {
      event.put("id", id);
    }
    return bytes(event.put("text", text).toString());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private TestInputTopic<byte[], byte[]> input() {
    return driver.createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer());
  }

  private TestOutputTopic<byte[], byte[]> labelled() {
    return output("tweets.sentiment");
  }

  private TestOutputTopic<byte[], byte[]> deadLetters() {
    return output("sentiment.dead-letters");
  }

  private TestOutputTopic<byte[], byte[]> output(String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static List<String> headers(TestRecord<byte[], byte[]> record) {
    List<String> headers = new ArrayList<>();
    record.headers().forEach(header -> headers.add(header.key() + "=" + text(header)));
    return headers;
  }

  private static String header(TestRecord<byte[], byte[]> record, String name) {
    return text(record.headers().lastHeader(name));
  }

  private static String text(Header header) {
    return header.value() == null ? "null" : new String(header.value(), UTF_8);
  }

  private double count(String name, String... tags) {
    return registry.get(name).tag("route", "tweets").tags(tags).counter().count();
  }
}
