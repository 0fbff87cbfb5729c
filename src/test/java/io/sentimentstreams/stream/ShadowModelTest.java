package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameCodec;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.model.Labels;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shadow in the topology, without a broker. */
final class ShadowModelTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Those of the model in another order: a text gets another label, unless it is neutral. */
  private static final Labels MIRRORED = new Labels(List.of("positive", "neutral", "negative"));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeLabeller model = new FakeLabeller();
  private final FakeLabeller shadow = new FakeLabeller("other", "w1", MIRRORED);
  private final AtomicLong nanos = new AtomicLong();

  /** Puts another model in the place of the route's. */
  private Consumer<FakeLabeller> exchange = next -> {};

  private TopologyTestDriver driver = driver("1", "1s", nanos::get);
  private long next;
  private long records;

  @AfterEach
  void close() {
    driver.close();
  }

  @Test
  void events_labelledDifferently_goToTheDisagreements() throws IOException {
    pipe("a neutral one", "b positive one", "c negative one", null);

    assertThat(outputs("tweets.sentiment")).hasSize(3);
    List<TestRecord<byte[], byte[]>> disagreements = outputs("sentiment.disagreements");
    assertThat(disagreements).hasSize(2);
    assertThat(disagreements.get(0).key()).isEqualTo(bytes("key1"));
    assertThat(disagreements.get(0).timestamp()).isEqualTo(1001);
    assertThat(new String(header(disagreements.get(0), "sentiment.source.offset"), UTF_8))
        .isEqualTo("1");
    JsonNode value = JSON.readTree(disagreements.get(0).value());
    assertThat(value.get("id").textValue()).isEqualTo("id1");
    assertThat(value.at("/served/label").textValue()).isEqualTo("positive");
    assertThat(value.at("/served/model").textValue()).isEqualTo("fake");
    assertThat(value.at("/shadow/label").textValue()).isEqualTo("negative");
    assertThat(value.at("/shadow/model").textValue()).isEqualTo("other");
    assertThat(value.has("text")).isFalse();
    assertThat(count("agreed")).isEqualTo(1);
    assertThat(count("disagreed")).isEqualTo(2);
    assertThat(registry.get("sentiment.shadow.agreement").gauge().value()).isEqualTo(1 / 3.0);
    assertThat(model.batches).containsExactly(3);
    assertThat(shadow.batches).containsExactly(3);
  }

  @Test
  void shadow_ofAShare_seesNoOtherEvents() {
    restart("0.25", "1s", nanos::get);
    String[] texts = new String[400];
    Arrays.fill(texts, "b positive one");
    pipe(texts);

    Shadow quarter = new Shadow(Path.of("m"), 0.25);
    List<String> taken = new ArrayList<>();
    for (int offset = 0; offset < texts.length; offset++) {
      if (quarter.takes("tweets", 0, offset)) {
        taken.add(Integer.toString(offset));
      }
    }
    assertThat(outputs("tweets.sentiment")).hasSize(400);
    assertThat(outputs("sentiment.disagreements"))
        .extracting(record -> new String(header(record, "sentiment.source.offset"), UTF_8))
        .isEqualTo(taken);
    assertThat(shadow.batches).containsExactly(taken.size());
  }

  @Test
  void shadow_thatFails_isCountedOnly() {
    shadow.broken.set(true);
    pipe("b one", "c two");
    shadow.broken.set(false);
    pipe("NAN", "c two");
    pipe("UNENCODABLE here");

    // The model itself cannot label two of them, so the shadow is not asked.
    assertThat(outputs("tweets.sentiment")).hasSize(3);
    assertThat(count("failed")).isEqualTo(2);
    assertThat(count("disagreed")).isEqualTo(1);
  }

  @Test
  void shadow_thatHangs_isLeftOutUntilItComesBack() {
    restart("1", "20ms", System::nanoTime);
    CountDownLatch latch = new CountDownLatch(1);
    shadow.onPredict = () -> awaitUninterruptibly(latch);
    pipe("b one", "c two");
    pipe("b one");

    assertThat(outputs("tweets.sentiment")).hasSize(3);
    assertThat(count("timed-out")).isEqualTo(2);
    assertThat(count("skipped")).isEqualTo(1);
    latch.countDown();
    Awaitility.await()
        .until(
            () -> {
              pipe("a neutral one");
              return count("agreed") > 0;
            });
  }

  @Test
  void shadow_thatIsSlow_takesNoMoreThanHalfOfTheTime() {
    shadow.onPredict = () -> nanos.addAndGet(10_000_000_000L);
    pipe("a neutral one");
    assertThat(count("agreed")).isEqualTo(1);

    shadow.onPredict = () -> {};
    nanos.addAndGet(6_000_000_000L);
    pipe("a neutral one");
    assertThat(count("skipped")).isEqualTo(1);
    nanos.addAndGet(4_000_000_000L);
    pipe("a neutral one");
    assertThat(count("agreed")).isEqualTo(2);
  }

  @Test
  void shadow_whileTheModelHasOtherLabels_pauses() {
    exchange.accept(new FakeLabeller("served", "v2", new Labels(List.of("a", "b", "c"))));
    pipe("b one", "c two");
    assertThat(outputs("tweets.sentiment")).hasSize(2);
    assertThat(count("skipped")).isEqualTo(2);
    assertThat(shadow.batches).isEmpty();

    exchange.accept(new FakeLabeller("served", "v3", FakeLabeller.LABELS));
    pipe("b one");
    assertThat(count("skipped")).isEqualTo(2);
    assertThat(shadow.batches).containsExactly(1);
  }

  private void restart(String share, String timeout, LongSupplier clock) {
    driver.close();
    registry.clear();
    records = 0;
    next = 0;
    driver = driver(share, timeout, clock);
  }

  private TopologyTestDriver driver(String share, String timeout, LongSupplier clock) {
    StreamSettings settings =
        TestSettings.with(
            "threads",
            "1",
            "routes.tweets.shadow",
            "second",
            "routes.tweets.shadowShare",
            share,
            "shadow.timeout",
            timeout);
    Properties properties = new Properties();
    properties.putAll(StreamProperties.of(settings, () -> {}, new NarrowFrames()));
    Function<Route, ModelSlot> slots =
        TestSlots.of(settings, model, registry, Instant.EPOCH, nanos::get);
    Route tweets =
        settings.routes().stream()
            .filter(route -> route.name().equals("tweets"))
            .findFirst()
            .orElseThrow();
    exchange =
        next ->
            slots
                .apply(tweets)
                .exchange(
                    TestSlots.maker(settings, registry, Instant.EPOCH, nanos::get)
                        .make(tweets, new SharedModel(next, Runnable::run)));
    return new TopologyTestDriver(
        SentimentTopology.build(
            settings,
            slots,
            (route, slot) -> TestGuards.strict(),
            route ->
                Optional.ofNullable(route.shadow()).map(is -> shadow(route, is, settings, clock)),
            route -> Optional.empty(),
            nanos::get),
        properties);
  }

  private ShadowModel shadow(Route route, Shadow of, StreamSettings settings, LongSupplier clock) {
    return new ShadowModel(
        route,
        of,
        new SharedModel(shadow, Runnable::run),
        settings,
        new Meters(registry).shadow(route.name()),
        InstantSource.fixed(Instant.EPOCH),
        clock);
  }

  /** Pipes a frame of these texts; null is a tombstone. */
  private void pipe(@Nullable String... texts) {
    List<FrameRow> rows = new ArrayList<>();
    for (String text : texts) {
      byte[] value =
          text == null ? null : bytes("{\"id\":\"id%d\",\"text\":\"%s\"}".formatted(next, text));
      rows.add(new FrameRow(next, 1000 + next, bytes("key" + next), value, List.of()));
      next++;
    }
    RecordHeaders headers = new RecordHeaders();
    headers.add(FrameRecords.HEADER, FrameRecords.packedAt(0));
    // The driver counts records, and a frame has the offset of its first row.
    while (records < rows.get(0).offset()) {
      input(null, new RecordHeaders());
    }
    input(FrameCodec.encode(new Frame("tweets", 0, rows)), headers);
  }

  private void input(byte @Nullable [] value, RecordHeaders headers) {
    driver
        .createInputTopic("tweets", new ByteArraySerializer(), new ByteArraySerializer())
        .pipeInput(new TestRecord<>(null, value, headers, 0L));
    records++;
  }

  private List<TestRecord<byte[], byte[]>> outputs(String topic) {
    return driver
        .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
        .readRecordsToList();
  }

  private double count(String outcome) {
    return registry
        .get("sentiment.shadow.events")
        .tags("route", "tweets", "outcome", outcome)
        .counter()
        .count();
  }

  private static byte[] header(TestRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name).value();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
