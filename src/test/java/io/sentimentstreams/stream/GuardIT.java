package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stream with a model that fails, and without its broker. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GuardIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 2_000;
  private static final String OUTPUT = "tweets.sentiment";
  private static final String DEAD = "sentiment.dead-letters";

  private final KafkaFixture kafka;
  private final FakeLabeller model = new FakeLabeller();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  GuardIT(@TempDir Path folder) {
    kafka = new KafkaFixture(folder);
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka.createTopics(PARTITIONS, "tweets", "reviews", OUTPUT, "reviews.sentiment", DEAD);
  }

  @AfterEach
  void close() {
    model.unhang();
    kafka.close();
  }

  @Test
  void textsThatHang_amongOthers_areDeadLetteredAndTheOthersLabelledInOrder() throws Exception {
    Map<Integer, String> hanging = Map.of(12, "HANG a", 160, "HANG b", 162, "HANG a");
    kafka.send(events(0, EVENTS, hanging));
    try (StreamRunner runner = runner("model.timeout", "4s", "batch.maximumRows", "64")) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= EVENTS);

      requireEachOnceInOrder(records, EVENTS);
      assertThat(records)
          .filteredOn(record -> record.topic().equals(DEAD))
          .extracting(GuardIT::source)
          .containsExactlyInAnyOrderElementsOf(
              hanging.keySet().stream().map(GuardIT::source).toList());
      assertThat(records)
          .filteredOn(record -> record.topic().equals(DEAD))
          .extracting(record -> header(record, "sentiment.dead-letter.reason"))
          .containsOnly("inference-timed-out");
      assertThat(gauge("sentiment.stage.stuck", "model", "fake")).isPositive();
      Awaitility.await().until(() -> runner.ready().isUp());

      model.unhang();
      Awaitility.await().until(() -> gauge("sentiment.stage.stuck", "model", "fake") == 0);
    }
    assertThat(model.closed).isTrue();
  }

  /**
   * One frame of so many slow texts would take longer than a poll may, and so would each further
   * try of it. They end, so nothing remembers them either.
   */
  @Test
  void textsThatAreSlow_moreThanAFrameHasTimeFor_areDeadLetteredAndThePartitionGoesOn()
      throws Exception {
    requireIsolated(FakeLabeller.SLOW, 20, 20);
  }

  /**
   * More than may hang at once: when no further call can be made, those before are committed, and a
   * new process goes on behind them.
   */
  @Test
  void textsThatHang_moreThanMayHangAtOnce_areDeadLetteredByTheNextProcessToo() throws Exception {
    requireIsolated(FakeLabeller.HANG, GuardedLabeller.MAXIMUM_STUCK + 4, 12);
  }

  private void requireIsolated(String kind, int bad, int badOfTheFirstProcess) throws Exception {
    int events = 60;
    Map<Integer, String> texts = new HashMap<>();
    for (int i = 0; i < bad; i++) {
      texts.put(2 * i + 1, kind + " " + i);
    }
    List<ProducerRecord<byte[], byte[]>> sent =
        events(0, events, texts).stream()
            .map(event -> new ProducerRecord<byte[], byte[]>("tweets", 0, null, event.value()))
            .toList();
    kafka.send(sent);
    String[] settings = {
      "model.timeout",
      "2s",
      "kafka.main.consumer.max.poll.interval.ms",
      "8000",
      "closeTimeout",
      "5s"
    };
    try (StreamRunner first = runner(settings)) {
      first.start();
      kafka.read(List.of(DEAD), found -> found.size() >= badOfTheFirstProcess);
    }
    FakeLabeller anew = new FakeLabeller();
    try (StreamRunner second = runner(anew, settings)) {
      second.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= events);

      requireEachOnceInOrder(records, events);
      assertThat(records)
          .filteredOn(record -> record.topic().equals(DEAD))
          .hasSize(bad)
          .allMatch(
              record ->
                  header(record, "sentiment.dead-letter.reason").equals("inference-timed-out"));
    } finally {
      anew.unhang();
    }
  }

  @ParameterizedTest
  @CsvSource({"1000, exactly_once_v2", "10, exactly_once_v2", "10, at_least_once"})
  void poison_onceInSoManyEvents_isDeadLetteredAndTheOthersLabelledInOrder(
      int every, String guarantee) throws Exception {
    int events = 10_000;
    List<String> kinds = List.of(FakeLabeller.POISON, FakeLabeller.NAN, FakeLabeller.TOO_FEW);
    Map<Integer, String> poison = new HashMap<>();
    for (int i = every / 2; i < events; i += every) {
      poison.put(i, kinds.get(i / every % kinds.size()));
    }
    kafka.send(events(0, events, poison));
    try (StreamRunner runner = runner("processingGuarantee", guarantee)) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= events);

      requireEachOnceInOrder(records, events);
      assertThat(records)
          .filteredOn(record -> record.topic().equals(DEAD))
          .allMatch(
              record -> header(record, "sentiment.dead-letter.reason").equals("inference-failed"))
          .extracting(GuardIT::source)
          .containsExactlyInAnyOrderElementsOf(
              poison.keySet().stream().map(GuardIT::source).toList());
      assertThat(model.batches).anyMatch(rows -> rows > 1);
      Awaitility.await().until(() -> runner.ready().isUp());
    }
  }

  /** The model fails amid transactions in which other events had their outputs already. */
  @ParameterizedTest
  @CsvSource({"exactly_once_v2,never", "exactly_once_v2,always", "at_least_once,never"})
  void modelThatFailsForAll_pausesConsumptionUntilItAnswers(String guarantee, String join)
      throws Exception {
    kafka.send(events(0, EVENTS, Map.of()));
    AtomicBoolean armed = new AtomicBoolean(true);
    model.onPredict =
        () -> {
          if (model.batches.size() >= 30 && armed.getAndSet(false)) {
            model.broken.set(true);
          }
        };
    try (StreamRunner runner =
        runner(
            "processingGuarantee", guarantee,
            "stage.join", join,
            "batch.maximumRows", "16",
            "kafka.commit.interval.ms", "5000",
            "breaker.retries", "1",
            "breaker.backOff", "20ms",
            "breaker.longestBackOff", "100ms")) {
      runner.start();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> gauge("sentiment.breaker.open", "route", "tweets") == 1);
      assertThat(runner.ready().reasons())
          .contains("route tweets: its model fails: the network fails");
      assertThat(runner.live().isUp()).isTrue();
      // Back in the group, with the partitions, and not at work.
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> runner.state() == StreamState.RUNNING);
      int before = model.batches.size();
      Awaitility.await().until(() -> model.batches.size() > before + 5);
      assertThat(new ArrayList<>(model.batches).subList(before, before + 5)).containsOnly(1);

      model.broken.set(false);
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> sources(found).size() >= EVENTS);

      assertThat(records).extracting(ConsumerRecord::topic).containsOnly(OUTPUT);
      if (guarantee.equals("exactly_once_v2")) {
        requireEachOnceInOrder(records, EVENTS);
      }
      Awaitility.await().until(() -> runner.ready().isUp());
      assertThat(gauge("sentiment.breaker.open", "route", "tweets")).isZero();
      assertThat(runner.failure()).isEmpty();
    }
  }

  @Test
  void modelThatHangsForAll_pausesConsumptionUntilItAnswers() throws Exception {
    try (StreamRunner runner =
        runner(
            "model.timeout", "1s", "breaker.backOff", "20ms", "breaker.longestBackOff", "100ms")) {
      runner.start();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> runner.ready().isUp());
      model.hanging.set(true);
      kafka.send(events(0, EVENTS, Map.of()));
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> gauge("sentiment.breaker.open", "route", "tweets") == 1);
      // Probes take no thread each.
      assertThat(gauge("sentiment.stage.stuck", "model", "fake"))
          .isBetween(2.0, GuardedLabeller.MAXIMUM_STUCK / 2.0);

      model.unhang();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= EVENTS);
      assertThat(records).extracting(ConsumerRecord::topic).containsOnly(OUTPUT);
      requireEachOnceInOrder(records, EVENTS);
    }
  }

  @Test
  void close_whileTheModelFailsForAll_doesNotWaitForIt() throws Exception {
    try (StreamRunner runner = runner("breaker.backOff", "60m", "breaker.longestBackOff", "60m")) {
      runner.start();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> runner.ready().isUp());
      model.broken.set(true);
      int before = model.batches.size();
      kafka.send(events(0, 1, Map.of()));
      Awaitility.await().until(() -> model.batches.size() > before);
    }
    assertThat(model.closed).isTrue();
  }

  @Test
  void close_whileTheWarmUpHangs_endsWithoutIt() throws Exception {
    model.hanging.set(true);
    StreamRunner runner = runner();
    AtomicBoolean stop = new AtomicBoolean();
    model.onPredict = () -> stop.set(true);
    runner.start(stop::get);

    runner.close();

    assertThat(runner.state()).isEqualTo(StreamState.STOPPED);
    assertThat(model.closed).isFalse();
    model.unhang();
    Awaitility.await().untilTrue(model.closed);
  }

  @Test
  void ready_whileTheBrokerIsAway_isNo() throws Exception {
    try (StreamRunner runner = runner("kafka.main.consumer.heartbeat.interval.ms", "300")) {
      runner.start();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> runner.ready().isUp());

      kafka.stop();
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(runner.ready().reasons())
                      .singleElement()
                      .asString()
                      .startsWith("no heartbeat to the broker for "));
      assertThat(runner.live().isUp()).isTrue();

      kafka.restart();
      Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> runner.ready().isUp());
      kafka.send(events(0, 100, Map.of()));
      requireEachOnceInOrder(kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= 100), 100);
    }
  }

  private StreamRunner runner(String... settings) {
    return runner(model, settings);
  }

  private StreamRunner runner(FakeLabeller model, String... settings) {
    List<String> all = new ArrayList<>(List.of("bootstrapServers", kafka.bootstrapServers()));
    all.addAll(List.of(settings));
    return new StreamRunner(
        TestSettings.with(all.toArray(String[]::new)),
        route -> model,
        registry,
        InstantSource.system());
  }

  /** Events of the partitions in turn, with other texts where the map says so. */
  private static List<ProducerRecord<byte[], byte[]>> events(
      int from, int to, Map<Integer, String> texts) {
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String value = "{\"text\":\"%s\"}".formatted(texts.getOrDefault(i, "event " + i));
      events.add(new ProducerRecord<>("tweets", i % PARTITIONS, null, value.getBytes(UTF_8)));
    }
    return events;
  }

  private static void requireEachOnceInOrder(
      List<ConsumerRecord<byte[], byte[]>> records, int events) {
    assertThat(records).hasSize(events);
    assertThat(sources(records)).hasSize(events);
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      long offset = Long.parseLong(header(record, either(record, "offset")));
      Long before = last.put(record.topic() + record.partition(), offset);
      assertThat(offset).isGreaterThan(before == null ? -1 : before);
    }
  }

  private static Set<String> sources(List<ConsumerRecord<byte[], byte[]>> records) {
    Set<String> sources = new HashSet<>();
    records.forEach(record -> sources.add(source(record)));
    return sources;
  }

  private static String source(int event) {
    return event % PARTITIONS + "@" + event / PARTITIONS;
  }

  private static String source(ConsumerRecord<byte[], byte[]> record) {
    return header(record, either(record, "partition"))
        + "@"
        + header(record, either(record, "offset"));
  }

  private static String either(ConsumerRecord<byte[], byte[]> record, String what) {
    return (record.topic().equals(DEAD) ? "__streams.errors." : "sentiment.source.") + what;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private double gauge(String name, String tag, String value) {
    return registry.get(name).tag(tag, value).gauge().value();
  }
}
