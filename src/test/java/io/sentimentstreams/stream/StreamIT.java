package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.audit.AuditReport.Verdict;
import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.web.OpsServer;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamIT {
  private static final int EVENTS = 10_000;
  private static final int PARTITIONS = 4;
  private static final String OUTPUT = "tweets.sentiment";
  private static final String DEAD = "sentiment.dead-letters";

  private final KafkaFixture kafka;
  private final FakeLabeller model = new FakeLabeller();
  private final PrometheusMetrics metrics = new PrometheusMetrics();

  StreamIT(@TempDir Path folder) {
    kafka = new KafkaFixture(folder);
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka.createTopics(PARTITIONS, "tweets", "reviews", OUTPUT, "reviews.sentiment");
    kafka.createTopics(3, DEAD);
  }

  @AfterEach
  void close() {
    metrics.close();
    kafka.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"never", "always"})
  void stream_ofManyEvents_accountsForEachOnceInOrder(String join) throws Exception {
    Map<String, Set<String>> bad = send();
    try (StreamRunner runner =
        runner("threads", "2", "batch.maximumRows", "64", "stage.join", join)) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= EVENTS);

      assertThat(records).hasSize(EVENTS);
      assertThat(records.stream().map(StreamIT::source).distinct()).hasSize(EVENTS);
      requireOrder(records);
      requireReasons(records, bad);
      AuditResult audit = audit();
      assertThat(audit.report().verdict()).isEqualTo(Verdict.BALANCED);
      assertThat(audit.report().sum(PartitionReport::events)).isEqualTo(EVENTS);
      // Without key: the partition of the dead letter follows the input's.
      assertThat(records)
          .filteredOn(record -> record.topic().equals(DEAD) && record.key() == null)
          .isNotEmpty()
          .allMatch(record -> record.partition() == sourcePartition(record) % 3);
      requireMetrics(runner, records);
      assertThat(model.batches).anyMatch(rows -> rows > 1);
    }
    assertThat(model.closed).isTrue();
  }

  @Test
  void ready_whileModelsWarmUp_isNo() throws Exception {
    Queue<Boolean> readyInCalls = new ConcurrentLinkedQueue<>();
    try (StreamRunner runner = runner()) {
      model.onPredict = () -> readyInCalls.add(runner.ready().isUp());
      assertThat(runner.ready().isUp()).isFalse();

      runner.start();
      // Each of the two routes' models, before any thread may join the group.
      assertThat(readyInCalls).hasSize(2 * 3).containsOnly(false);

      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(() -> assertThat(runner.ready().isUp()).isTrue());
      assertThat(readyInCalls).hasSize(2 * 3);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.group.protocol,classic",
    "kafka.group.protocol,streams",
    "kafka.group.instance.id,one"
  })
  void restart_afterClose_goesOnWhereItStopped(String key, String value) throws Exception {
    kafka.send(List.of(event(0, "first"), event(0, "second")));
    try (StreamRunner runner = runner(key, value)) {
      runner.start();
      kafka.read(List.of(OUTPUT), records -> records.size() >= 2);
    }
    kafka.send(List.of(event(0, "third")));
    model.closed.set(false);
    try (PrometheusMetrics fresh = new PrometheusMetrics();
        StreamRunner runner =
            new StreamRunner(
                settings(key, value), route -> model, fresh.registry(), InstantSource.system())) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT), found -> found.size() >= 3);
      assertThat(records).extracting(StreamIT::source).containsExactly("0@0", "0@1", "0@2");
    }
  }

  /** 1,048,588 bytes are what topics take by default; a larger record would stop the stream. */
  @Test
  void events_largerThanTheOutputTopicsTake_areDeadLetteredCut() throws Exception {
    Map<String, String> ofTheBroker = Map.of("max.message.bytes", "1048588");
    kafka.createTopics(1, ofTheBroker, "plain.sentiment", "plain.dead-letters");
    String large = "x".repeat(1_500_000);
    kafka.send(List.of(event(0, large), event(0, "short"), event(0, large + "POISON")));
    try (StreamRunner runner =
        runner(
            "routes.tweets.output", "plain.sentiment",
            "routes.tweets.includeText", "true",
            "deadLetterTopic", "plain.dead-letters")) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of("plain.sentiment", "plain.dead-letters"), found -> found.size() >= 3);
      assertThat(records)
          .filteredOn(record -> record.topic().equals("plain.dead-letters"))
          .extracting(record -> header(record, "sentiment.dead-letter.reason"))
          .containsExactly("output-too-large", "inference-failed");
      assertThat(runner.live().isUp()).isTrue();
    }
  }

  @Test
  void start_withATopicTooSmallForDeadLetters_namesIt() throws Exception {
    kafka.createTopics(1, Map.of("max.message.bytes", "100000"), "tiny");
    try (StreamRunner runner = runner("deadLetterTopic", "tiny")) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("topic tiny: max.message.bytes 100000");
    }
  }

  /** Each breakdown ends a transaction in which other events had their outputs already. */
  @Test
  void model_brokenNowAndThen_accountsForEachEventOnce() throws Exception {
    Set<String> all = new HashSet<>();
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      events.add(event(i % PARTITIONS, "event " + i));
      all.add(i % PARTITIONS + "@" + i / PARTITIONS);
    }
    kafka.send(events);
    model.breakdowns.addAll(List.of(20, 40, 60));
    try (StreamRunner runner =
        runner(
            "batch.maximumRows", "4",
            "kafka.commit.interval.ms", "2000",
            "breaker.retries", "0",
            "breaker.backOff", "50ms")) {
      runner.start();
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT, DEAD), found -> found.size() >= all.size());
      assertThat(records).extracting(ConsumerRecord::topic).containsOnly(OUTPUT);
      assertThat(records).extracting(StreamIT::source).containsExactlyInAnyOrderElementsOf(all);
      requireOrder(records);
      assertThat(model.breakdowns).isEmpty();
      String scraped = metrics.scrape();
      assertThat(sum(scraped, "sentiment_events_unaccounted")).isZero();
      assertThat(sum(scraped, "sentiment_events_in_total"))
          .isEqualTo(
              sum(scraped, "sentiment_events_labelled_total")
                  + sum(scraped, "sentiment_events_dead_lettered_total"));
      assertThat(runner.live().isUp()).isTrue();
    }
  }

  @Test
  void start_withASettingThatKafkaRefuses_isOneLine() {
    try (StreamRunner runner = runner("kafka.producer.linger.ms", "soon")) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("kafka.*: ")
          .hasMessageContaining("linger.ms")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void start_withoutTopics_namesThem() {
    try (StreamRunner runner =
        runner("routes.tweets.inputs", "missing-input", "routes.tweets.output", "missing-output")) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("missing-input, missing-output")
          .hasMessageContaining("topics apply");
    }
  }

  @Test
  void start_withoutBroker_namesTheAddress() throws Exception {
    try (ServerSocket silent = new ServerSocket(0);
        StreamRunner runner = runner("bootstrapServers", "127.0.0.1:" + silent.getLocalPort())) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("127.0.0.1:" + silent.getLocalPort())
          .hasMessageContaining("no broker answers");
      assertThat(runner.ready().isUp()).isFalse();
    }
  }

  @Test
  void start_withUnknownHost_saysSo() {
    try (StreamRunner runner = runner("bootstrapServers", "no-such-host.invalid:9092")) {
      assertThatThrownBy(runner::start)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith("bootstrapServers");
    }
  }

  private StreamRunner runner(String... settings) {
    return new StreamRunner(
        settings(settings), route -> model, metrics.registry(), InstantSource.system());
  }

  private AuditResult audit() throws InterruptedException {
    AuditRequest request = AuditRequest.ofAll(Duration.ofSeconds(30), 5);
    return new TopicAudit(settings(), request, records -> {}, () -> false).run();
  }

  private StreamSettings settings(String... settings) {
    List<String> all = new ArrayList<>(List.of("bootstrapServers", kafka.bootstrapServers()));
    all.addAll(List.of(settings));
    return TestSettings.with(all.toArray(String[]::new));
  }

  /** Sends the events, one in ten of them bad, and gives the sources of the bad ones by reason. */
  private Map<String, Set<String>> send() throws Exception {
    Random random = new Random(7);
    Map<String, Set<String>> bad = new HashMap<>();
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long[] offsets = new long[PARTITIONS];
    for (int i = 0; i < EVENTS; i++) {
      int partition = random.nextInt(PARTITIONS);
      String source = partition + "@" + offsets[partition]++;
      byte[] key = random.nextBoolean() ? null : bytes("key" + random.nextInt(100));
      String reason = i % 10 == 0 ? BAD.get(random.nextInt(BAD.size())) : "";
      bad.computeIfAbsent(reason, any -> new HashSet<>()).add(source);
      records.add(new ProducerRecord<>("tweets", partition, key, value(reason, source)));
    }
    kafka.send(records);
    bad.remove("");
    return bad;
  }

  private static final List<String> BAD =
      List.of("tombstone", "invalid-json", "empty-text", "inference-failed");

  private static byte @Nullable [] value(String reason, String source) {
    return switch (reason) {
      case "tombstone" -> null;
      case "invalid-json" -> bytes("{");
      case "empty-text" -> bytes("{\"text\":\"\"}");
      case "inference-failed" -> bytes("{\"text\":\"POISON\"}");
      default -> bytes("{\"id\":\"%s\",\"text\":\"a text\"}".formatted(source));
    };
  }

  private static ProducerRecord<byte[], byte[]> event(int partition, String text) {
    return new ProducerRecord<>(
        "tweets", partition, null, bytes("{\"text\":\"%s\"}".formatted(text)));
  }

  /** Within an output partition the offsets of each input partition ascend. */
  private static void requireOrder(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      boolean keyed = record.key() != null;
      String stream = record.topic() + record.partition() + "<-" + sourcePartition(record) + keyed;
      Long before = last.put(stream, sourceOffset(record));
      assertThat(sourceOffset(record)).isGreaterThan(before == null ? -1 : before);
    }
  }

  private static void requireReasons(
      List<ConsumerRecord<byte[], byte[]>> records, Map<String, Set<String>> bad) {
    Map<String, Set<String>> found = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      if (record.topic().equals(DEAD)) {
        String reason = header(record, "sentiment.dead-letter.reason");
        found.computeIfAbsent(reason, any -> new HashSet<>()).add(source(record));
      }
    }
    assertThat(found).isEqualTo(bad);
  }

  private void requireMetrics(StreamRunner runner, List<ConsumerRecord<byte[], byte[]>> records)
      throws Exception {
    long dead = records.stream().filter(record -> record.topic().equals(DEAD)).count();
    try (OpsServer server =
        OpsServer.start(
            "127.0.0.1", 0, metrics::scrape, runner::live, runner::ready, runner.scoring())) {
      String scraped = get(server, "/metrics").body();
      assertThat(sum(scraped, "sentiment_events_in_total")).isEqualTo(EVENTS);
      assertThat(sum(scraped, "sentiment_events_labelled_total")).isEqualTo(EVENTS - dead);
      assertThat(sum(scraped, "sentiment_events_dead_lettered_total")).isEqualTo(dead);
      assertThat(sum(scraped, "sentiment_events_unaccounted")).isZero();
      assertThat(sum(scraped, "sentiment_batch_rows_sum")).isEqualTo(EVENTS);
      assertThat(sum(scraped, "sentiment_framing_failures_total")).isZero();
      assertThat(sum(scraped, "sentiment_model_info")).isEqualTo(2);
      assertThat(sum(scraped, "sentiment_stage_calls_total")).isEqualTo(model.batches.size() - 6);
      assertThat(sum(scraped, "sentiment_stage_rows_count")).isEqualTo(model.batches.size() - 6);
      assertThat(scraped)
          .contains("kafka_stream_thread_process_total")
          .contains("client_id=\"sentiment-streams-")
          .contains("jvm_memory_used_bytes");
      // All events may be through while the second thread still joins.
      Awaitility.await()
          .untilAsserted(
              () -> assertThat(get(server, "/health/ready").statusCode()).isEqualTo(200));
      assertThat(get(server, "/health/live").statusCode()).isEqualTo(200);
    }
  }

  /** Sum of a metric's samples, whatever their labels. */
  private static long sum(String scraped, String name) {
    Matcher samples =
        Pattern.compile("^" + name + "(\\{.*})? (\\S+)$", Pattern.MULTILINE).matcher(scraped);
    double sum = 0;
    while (samples.find()) {
      sum += Double.parseDouble(samples.group(2));
    }
    return (long) sum;
  }

  private static HttpResponse<String> get(OpsServer server, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d%s".formatted(server.port(), path));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String source(ConsumerRecord<byte[], byte[]> record) {
    return sourcePartition(record) + "@" + sourceOffset(record);
  }

  private static int sourcePartition(ConsumerRecord<byte[], byte[]> record) {
    return Integer.parseInt(header(record, either(record, "partition")));
  }

  private static long sourceOffset(ConsumerRecord<byte[], byte[]> record) {
    return Long.parseLong(header(record, either(record, "offset")));
  }

  private static String either(ConsumerRecord<byte[], byte[]> record, String what) {
    return (record.topic().equals(DEAD) ? "__streams.errors." : "sentiment.source.") + what;
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
