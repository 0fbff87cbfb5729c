package io.sentimentstreams.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.CodecUnavailableException;
import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.event.EventCodecContract;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.event.TextEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Apicurio's own serializer and deserializer. */
final class AvroEventCodecTest extends EventCodecContract {
  /** With a registry that is silent. */
  private static final Duration SHORT = Duration.ofSeconds(2);

  private Duration patience = Duration.ofSeconds(30);
  private final RegistryStub registry = new RegistryStub();
  private final AtomicLong nanos = new AtomicLong();
  private final List<AutoCloseable> open = new ArrayList<>();

  AvroEventCodecTest() throws IOException {
    open.add(registry);
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  @Override
  protected EventCodec codec(Pointers pointers) {
    RegistryRoutes routes =
        RegistryRoutes.open(
            new SchemaRegistrySettings(Map.of("url", registry.url())), patience, nanos::get);
    open.add(routes);
    return routes.codec(
        new AvroRoute(
            "tweets",
            "tweets.sentiment",
            pointers.text(),
            pointers.id(),
            pointers.group(),
            pointers.textBytes(),
            pointers.depth()));
  }

  private EventCodec codec() {
    return codec(new Pointers("/text", "/id", null, 1_000, 20));
  }

  @Override
  protected byte[] value(Map<String, ?> fields) {
    return serialized(new RecordHeaders(), fields, "false");
  }

  private byte[] serialized(RecordHeaders headers, Map<String, ?> fields, String idInHeaders) {
    try (AvroKafkaSerializer<GenericRecord> serializer = new AvroKafkaSerializer<>()) {
      serializer.configure(
          Map.of(
              "apicurio.registry.url", registry.url(),
              "apicurio.registry.http.adapter", "JDK",
              "apicurio.registry.auto-register", "true",
              "apicurio.registry.dereference-schema", "true",
              "apicurio.registry.headers.enabled", idInHeaders),
          false);
      return serializer.serialize("tweets", headers, AvroData.record(fields));
    }
  }

  @Override
  protected Map<String, Object> written(byte[] value) {
    try (AvroKafkaDeserializer<GenericRecord> deserializer = new AvroKafkaDeserializer<>()) {
      deserializer.configure(
          Map.of("apicurio.registry.url", registry.url(), "apicurio.registry.http.adapter", "JDK"),
          false);
      Map<String, Object> fields =
          new HashMap<>(AvroData.fields(deserializer.deserialize("tweets.sentiment", value)));
      fields.computeIfPresent(
          "scoredAt", (name, millis) -> Instant.ofEpochMilli((Long) millis).toString());
      return fields;
    }
  }

  @Test
  void codec_opened_hasRegisteredTheSchemaOfItsOutput() {
    EventCodec unused = codec();

    assertThat(registry.artifacts()).containsExactly("tweets.sentiment-value");
  }

  @Test
  void event_withItsIdInHeaders_isRead() {
    RecordHeaders headers = new RecordHeaders();
    byte[] value = serialized(headers, Map.of("text", "good"), "true");
    List<FrameHeader> carried = new ArrayList<>();
    for (Header header : headers) {
      carried.add(new FrameHeader(header.key(), header.value()));
    }

    assertThat(carried).isNotEmpty();
    assertThat(codec().read(new FrameRow(0, 0, null, value, carried)))
        .isEqualTo(new TextEvent(null, "good"));
  }

  @Test
  void idInHeaders_thatIsCutOffOrNull_isInvalid() {
    byte[] value = value(Map.of("text", "good"));
    FrameHeader cutOff = new FrameHeader("apicurio.value.contentId", new byte[3]);
    FrameHeader none = new FrameHeader("apicurio.value.contentId", null);
    EventCodec codec = codec();

    assertRejected(
        codec.read(new FrameRow(0, 0, null, value, List.of(cutOff))),
        RejectionReason.INVALID_AVRO,
        "cut off");
    assertRejected(
        codec.read(new FrameRow(0, 0, null, value, List.of(none))),
        RejectionReason.INVALID_AVRO,
        "cut off");
  }

  @Test
  void value_withoutAnId_isInvalid() {
    EventCodec codec = codec();

    assertRejected(
        codec.read(row("{\"text\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))),
        RejectionReason.INVALID_AVRO,
        "does not begin with a 0");
    assertRejected(codec.read(row(new byte[0])), RejectionReason.INVALID_AVRO, "no schema's id");
    assertRejected(codec.read(row(new byte[] {0, 0, 1})), RejectionReason.INVALID_AVRO, "cut off");
  }

  @Test
  void value_cutOffOrFollowedBySomething_isInvalid() {
    byte[] whole = value(Map.of("text", "good"));
    EventCodec codec = codec();

    assertRejected(
        codec.read(row(Arrays.copyOf(whole, whole.length - 1))),
        RejectionReason.INVALID_AVRO,
        "no value of schema test.R0");
    assertRejected(
        codec.read(row(Arrays.copyOf(whole, whole.length + 1))),
        RejectionReason.INVALID_AVRO,
        "something follows");
  }

  @Test
  void unknownSchema_forAWhile_isAskedForOnce() {
    EventCodec codec = codec();
    FrameRow row = row(ofSchema(77));

    assertRejected(codec.read(row), RejectionReason.UNKNOWN_SCHEMA, "contentId 77");
    int asked = registry.lookups();
    assertRejected(codec.read(row), RejectionReason.UNKNOWN_SCHEMA, "contentId 77");
    assertThat(registry.lookups()).isEqualTo(asked).isPositive();

    nanos.addAndGet(RegistrySchemas.RECHECK.toNanos());
    assertRejected(codec.read(row), RejectionReason.UNKNOWN_SCHEMA, "No content with ID '77'");
    assertThat(registry.lookups()).isGreaterThan(asked);
  }

  @Test
  void knownSchema_onceFound_isNeverAskedForAgain() {
    EventCodec codec = codec();
    FrameRow row = row(value(Map.of("text", "good")));
    assertThat(codec.read(row)).isInstanceOf(TextEvent.class);

    registry.become(RegistryStub.State.FAILING);
    nanos.addAndGet(Duration.ofDays(1).toNanos());

    assertThat(codec.read(row)).isEqualTo(new TextEvent(null, "good"));
  }

  @Test
  void content_thatIsNoSchemaOfAvro_isUnknown() {
    int id = registry.put("{\"openapi\": \"3.0.2\"}");

    assertRejected(codec().read(row(ofSchema(id))), RejectionReason.UNKNOWN_SCHEMA, "Avro");
  }

  @Test
  void value_thatIsNoRecord_isNoObject() {
    int id = registry.put("\"string\"");

    assertRejected(
        codec().read(row(ofSchema(id, 8, 'g', 'o', 'o', 'd'))),
        RejectionReason.NOT_AN_OBJECT,
        "a string");
  }

  @Test
  void text_thatIsIllFormed_isInvalidUtf8() {
    int id = registry.put(schemaOf("text", "\"string\""));

    assertRejected(
        codec().read(row(ofSchema(id, 4, 0xC3, 'x'))), RejectionReason.INVALID_UTF8, "UTF-8");
  }

  @Test
  void symbolOfAnEnum_asAText_isAString() {
    int id =
        registry.put(
            schemaOf("text", "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"GOOD\",\"BAD\"]}"));

    assertThat(codec().read(row(ofSchema(id, 2)))).isEqualTo(new TextEvent(null, "BAD"));
  }

  @Test
  void optionalText_inAUnion_isRead() {
    int id = registry.put(schemaOf("text", "[\"null\",\"string\"]"));
    EventCodec codec = codec();

    assertThat(codec.read(row(ofSchema(id, 2, 4, 'o', 'k')))).isEqualTo(new TextEvent(null, "ok"));
    assertRejected(
        codec.read(row(ofSchema(id, 0))), RejectionReason.TEXT_NOT_A_STRING, "/text is null");
  }

  @Test
  void length_thatTheValueDoesNotHave_isInvalid() throws IOException {
    EventCodec codec = codec();
    for (String type : List.of("\"string\"", "\"bytes\"")) {
      int id = registry.put(schemaOf("text", type));
      assertRejected(
          codec.read(row(ofSchema(id, varint(Integer.MAX_VALUE - 100L)))),
          RejectionReason.INVALID_AVRO,
          "are said to follow");
    }
  }

  @Test
  void elements_thatTakeNoBytes_passALimit() throws IOException {
    int id = registry.put(schemaOf("text", "{\"type\":\"array\",\"items\":\"null\"}"));

    assertRejected(
        codec().read(row(ofSchema(id, varint(1_000_000_000)))),
        RejectionReason.LIMIT_EXCEEDED,
        "more than 100000 elements");
  }

  @Test
  void record_withinItselfTooOften_passesALimit() {
    int id =
        registry.put(
            "{\"type\":\"record\",\"name\":\"L\",\"fields\":[{\"name\":\"next\",\"type\":[\"null\",\"L\"]}]}");
    int[] deep = new int[1_000_000];
    Arrays.fill(deep, 2);

    assertRejected(
        codec().read(row(ofSchema(id, deep))),
        RejectionReason.LIMIT_EXCEEDED,
        "deeper than 20 levels");
  }

  @Test
  void fixed_thatTheValueDoesNotHave_isInvalid() {
    int id = registry.put(schemaOf("text", fixed(2_000_000_000)));

    assertRejected(
        codec().read(row(ofSchema(id, 2))), RejectionReason.INVALID_AVRO, "are said to follow");
  }

  @Test
  void string_thatIsToBeAJavaString_isCheckedLikeOthers() {
    int id =
        registry.put(schemaOf("text", "{\"type\":\"string\",\"avro.java.string\":\"String\"}"));
    EventCodec codec = codec();

    assertThat(codec.read(row(ofSchema(id, 4, 'o', 'k')))).isEqualTo(new TextEvent(null, "ok"));
    assertRejected(
        codec.read(row(ofSchema(id, 4, 0xC3, 'x'))), RejectionReason.INVALID_UTF8, "UTF-8");
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 64})
  void recordsThatTakeNoBytes_doublingWithEachLevel_areNoSchemaThatIsUsed(int levels) {
    int id = registry.put(schemaOf("text", doubling(levels)));

    assertRejected(
        codec().read(row(ofSchema(id))),
        RejectionReason.UNKNOWN_SCHEMA,
        "more than 100000 types within each other");
  }

  @Test
  void recordsThatTakeNoBytes_asElements_passALimit() throws IOException {
    int id =
        registry.put(schemaOf("text", "{\"type\":\"array\",\"items\":%s}".formatted(doubling(10))));

    assertRejected(
        codec().read(row(ofSchema(id, varint(90_000)))),
        RejectionReason.LIMIT_EXCEEDED,
        "more than 100000 elements and fields");
  }

  @Test
  void schema_ofTooManyLevels_isNoSchemaThatIsUsed() {
    StringBuilder chain = new StringBuilder("[\"null\"");
    for (int i = 0; i < 2_000; i++) {
      chain.append(
          ",{\"type\":\"record\",\"name\":\"C%d\",\"fields\":[{\"name\":\"a\",\"type\":\"%s\"}]}"
              .formatted(i, i == 0 ? "null" : "C" + (i - 1)));
    }
    int id = registry.put(chain.append(']').toString());

    assertRejected(
        codec().read(row(ofSchema(id, 0))), RejectionReason.UNKNOWN_SCHEMA, "more than 300 levels");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"Unheard\"", "{\"type\":\"array\",\"items\":\"Unheard\"}", "<xml/>"})
  void content_thatIsNoSchemaInWhateverWay_isNoOutage(String content) {
    int id = registry.put(content);

    assertRejected(
        codec().read(row(ofSchema(id, 0))), RejectionReason.UNKNOWN_SCHEMA, "no schema of Avro");
  }

  @Test
  void fixed_largerThanAnyArray_isNoOutage() {
    int id = registry.put(schemaOf("text", fixed(Integer.MAX_VALUE)));

    assertRejected(
        codec().read(row(ofSchema(id, 0))), RejectionReason.UNKNOWN_SCHEMA, "no schema of Avro");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "artifactId", "groupId", "contentHash"})
  void header_thatNamesAnArtifactOrAHash_isNotLookedAt(String header) {
    byte[] value = value(Map.of("text", "good"));
    FrameHeader strange = new FrameHeader("apicurio.value." + header, new byte[] {'.', '.'});

    assertThat(codec().read(new FrameRow(0, 0, null, value, List.of(strange))))
        .isEqualTo(new TextEvent(null, "good"));
  }

  @Test
  void hash_besideAGlobalId_doesNotSayWhichSchemaTheIdHas() {
    int id = registry.put(schemaOf("text", "\"string\""));
    FrameHeader hash = new FrameHeader("apicurio.value.contentHash", new byte[] {'x'});
    FrameHeader global =
        new FrameHeader(
            "apicurio.value.globalId", ByteBuffer.allocate(Long.BYTES).putLong(id).array());

    assertThat(
            codec().read(new FrameRow(0, 0, null, new byte[] {4, 'o', 'k'}, List.of(hash, global))))
        .isEqualTo(new TextEvent(null, "ok"));
  }

  @ParameterizedTest
  @EnumSource(
      value = RegistryStub.State.class,
      names = {"FAILING", "LOST", "SILENT"})
  void registry_thatDoesNotAnswer_isNoFaultOfTheEvent(RegistryStub.State illness) {
    patience = SHORT;
    EventCodec codec = codec();
    FrameRow row = row(value(Map.of("text", "good")));
    registry.become(illness);

    assertThatThrownBy(() -> codec.read(row))
        .isInstanceOf(CodecUnavailableException.class)
        .hasMessageContaining(registry.url());
    assertThatThrownBy(codec::probe).isInstanceOf(CodecUnavailableException.class);

    registry.become(RegistryStub.State.WELL);
    codec.probe();
    assertThat(codec.read(row)).isEqualTo(new TextEvent(null, "good"));
  }

  @Test
  void registry_thatIsGone_isNoFaultOfTheEvent() {
    EventCodec codec = codec();
    FrameRow row = row(value(Map.of("text", "good")));
    registry.close();

    assertThatThrownBy(() -> codec.read(row)).isInstanceOf(CodecUnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = RegistryStub.State.class,
      names = {"FAILING", "LOST", "SILENT"})
  void start_withoutARegistryThatAnswers_isRefusedInOneLine(RegistryStub.State illness) {
    patience = SHORT;
    registry.become(illness);

    assertThatThrownBy(this::codec)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("schemaRegistry.url", registry.url(), "start the registry")
        .message()
        .doesNotContain("\n");
  }

  private static String schemaOf(String field, String type) {
    return "{\"type\":\"record\",\"name\":\"T\",\"fields\":[{\"name\":\"%s\",\"type\":%s}]}"
        .formatted(field, type);
  }

  private static String fixed(int size) {
    return "{\"type\":\"fixed\",\"name\":\"F\",\"size\":%d}".formatted(size);
  }

  /** Records without a byte, of which each has two of the next. */
  private static String doubling(int levels) {
    String inner = "\"null\"";
    for (int i = 0; i < levels; i++) {
      inner =
          "{\"type\":\"record\",\"name\":\"D%d\",\"fields\":[{\"name\":\"a\",\"type\":%s},{\"name\":\"b\",\"type\":\"%s\"}]}"
              .formatted(i, inner, i == 0 ? "null" : "D" + (i - 1));
    }
    return inner;
  }

  private static byte[] ofSchema(int id, int... bytes) {
    ByteBuffer value = ByteBuffer.allocate(5 + bytes.length).put((byte) 0).putInt(id);
    for (int each : bytes) {
      value.put((byte) each);
    }
    return value.array();
  }

  private static int[] varint(long number) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    encoder.writeLong(number);
    byte[] bytes = out.toByteArray();
    int[] ints = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      ints[i] = bytes[i];
    }
    return ints;
  }
}
