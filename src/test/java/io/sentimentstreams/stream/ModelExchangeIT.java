package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.control.Activation;
import io.sentimentstreams.control.ControlRecord;
import io.sentimentstreams.control.ControlState;
import io.sentimentstreams.control.InstanceReport;
import io.sentimentstreams.control.RouteReport;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Models exchanged under load, on a real broker. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ModelExchangeIT {
  private static final int PARTITIONS = 4;
  private static final String OUTPUT = "tweets.sentiment";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final KafkaFixture kafka;
  private final ConcurrentLinkedQueue<FakeLabeller> opened = new ConcurrentLinkedQueue<>();

  /** A permit for each time that the first model may be loaded. */
  private volatile Semaphore loading = new Semaphore(Integer.MAX_VALUE);

  ModelExchangeIT(@TempDir Path folder) {
    kafka = new KafkaFixture(folder);
  }

  @BeforeEach
  void createTopics() throws Exception {
    kafka.createTopics(PARTITIONS, "tweets", OUTPUT, "reviews", "reviews.sentiment");
    kafka.createTopics(1, "sentiment.dead-letters");
  }

  @AfterEach
  void close() {
    kafka.close();
  }

  @Test
  void activations_underLoad_loseNothingAndKeepTheOrder() throws Exception {
    int waves = 6;
    int perWave = 2_000;
    try (StreamRunner one = runner();
        StreamRunner other = runner()) {
      one.start();
      other.start();
      send(perWave);
      kafka.read(List.of(OUTPUT), found -> found.size() >= perWave);
      for (int wave = 1; wave < waves; wave++) {
        send(perWave);
        long offset = activate("model-" + wave % 2, version(wave % 2), null);
        awaitReports(2, report -> report.answers() >= offset && report.refusal() == null);
      }
      send(perWave);
      int all = (waves + 1) * perWave;
      List<ConsumerRecord<byte[], byte[]>> records =
          kafka.read(List.of(OUTPUT), found -> found.size() >= all);

      assertThat(records).hasSize(all);
      assertThat(records.stream().map(ModelExchangeIT::source).distinct()).hasSize(all);
      assertThat(records)
          .allMatch(record -> value(record).contains("\"" + header(record, "sentiment.model")))
          .allMatch(
              record -> value(record).contains("\"" + header(record, "sentiment.model.version")))
          .extracting(record -> header(record, "sentiment.model"))
          .contains("settings", "model-0", "model-1");
      requireOrder(records);
      Awaitility.await().until(() -> one.ready().isUp());
      // All but those in use: the two of the route reviews, and the last ones of tweets.
      Awaitility.await()
          .until(() -> opened.stream().filter(model -> !model.closed.get()).count() == 4);
    }
    assertThat(opened).allMatch(model -> model.closed.get());
  }

  @Test
  void restart_afterAnActivation_labelsWithItUntilItIsTakenBack() throws Exception {
    try (StreamRunner runner = runner()) {
      runner.start();
      // What is none of the control topic's records is passed over.
      kafka.send(
          List.of(
              new ProducerRecord<>("sentiment.models", bytes("tweets"), bytes("{\"bundle\":7}")),
              new ProducerRecord<>("sentiment.models", bytes("instance/x"), bytes("[")),
              new ProducerRecord<>("sentiment.models", bytes("x"), null)));
      long offset = activate("model-1", version(1), null);
      awaitReports(1, report -> report.answers() == offset && report.refusal() == null);
    }
    assertThat(state().instances()).as("the instance said goodbye").isEmpty();
    send(100);
    try (StreamRunner runner = runner()) {
      runner.start();
      assertThat(kafka.read(List.of(OUTPUT), found -> found.size() >= 100))
          .extracting(record -> header(record, "sentiment.model"))
          .containsOnly("model-1");
      long offset = write(new ControlRecord.Deactivated("tweets"));
      awaitReports(1, report -> report.answers() == offset && report.model().equals("settings"));
    }
  }

  @Test
  void activation_ofABadBundle_isRefusedAndReportedAndTheOldOneGoesOn() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    try (StreamRunner runner = runner(registry)) {
      runner.start();
      long missing = activate("missing", version(2), null);
      awaitReports(
          1,
          report ->
              report.answers() == missing && "model missing: is missing".equals(report.refusal()));
      assertThat(exchanges(registry, "refused")).isEqualTo(1);
      long other = activate("model-0", version(1), null);
      awaitReports(
          1,
          report ->
              report.answers() == other
                  && report.model().equals("settings")
                  && String.valueOf(report.refusal()).contains("its version is"));
      send(10);
      assertThat(kafka.read(List.of(OUTPUT), found -> found.size() >= 10))
          .extracting(record -> header(record, "sentiment.model"))
          .containsOnly("settings");
      Awaitility.await().until(() -> runner.ready().isUp());
    }
    activate("missing", version(0), activation("model-1", version(1), null));
    send(10);
    try (StreamRunner runner = runner()) {
      runner.start();
      assertThat(kafka.read(List.of(OUTPUT), found -> found.size() >= 20))
          .as("labelled by what was taken before the bad one")
          .filteredOn(record -> header(record, "sentiment.model").equals("model-1"))
          .hasSize(10);
    }
  }

  @Test
  void close_whileAModelIsBeingLoaded_leavesTheLoadingInPeace() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Semaphore loading = new Semaphore(0);
    Semaphore gate = new Semaphore(0);
    try (StreamRunner runner =
        new StreamRunner(
            settings("closeTimeout", "3s"),
            route -> {
              if (route.model().toString().equals("model-1")) {
                loading.release();
                gate.acquireUninterruptibly();
              }
              return open(route);
            },
            registry,
            InstantSource.system())) {
      runner.start();
      activate("model-1", version(1), null);
      loading.acquire();
    }
    gate.release();
    Awaitility.await().until(() -> exchanges(registry, "activated") == 1);
    assertThat(exchanges(registry, "refused")).isZero();
  }

  /** Else it would count as dead after 35 s, and nobody would wait for its answer. */
  @Test
  void instance_thatLoadsForLong_goesOnToReport() throws Exception {
    try (StreamRunner runner = runner()) {
      runner.start();
      loading = new Semaphore(0);
      long asked = activate("model-0", version(0), null);
      try (ControlTopic topic = topic()) {
        Awaitility.await()
            .atMost(Duration.ofSeconds(40))
            .until(
                () ->
                    topic.poll(Duration.ofMillis(100)).stream()
                        .filter(entry -> entry.offset() > asked)
                        .map(ControlTopic.Entry::content)
                        .anyMatch(
                            content ->
                                content instanceof ControlRecord.Reported reported
                                    && ofTweets(reported.report()).answers() < asked));
      }
      loading.release(2);
      awaitReports(1, report -> report.answers() >= asked);
    }
  }

  @Test
  void controlTopic_deletedWhileTheStreamRuns_isMadeAnewAndReportedTo() throws Exception {
    try (StreamRunner runner = runner();
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      runner.start();
      StringWriter log = new StringWriter();
      WriterAppender appender = appender(log);
      LoggerContext context = (LoggerContext) LogManager.getContext(false);
      context.getConfiguration().getRootLogger().addAppender(appender, Level.WARN, null);
      try {
        admin.deleteTopics(List.of("sentiment.models")).all().get();
        Awaitility.await()
            .atMost(Duration.ofSeconds(90))
            .until(() -> admin.listTopics().names().get().contains("sentiment.models"));
        awaitReports(1, report -> report.model().equals("settings"));
      } finally {
        context.getConfiguration().getRootLogger().removeAppender(appender.getName());
      }
      assertThat(log.toString()).contains("cannot be followed");
      assertThat(log.toString().lines()).hasSizeLessThan(30);
    }
  }

  private static WriterAppender appender(StringWriter log) {
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("model-exchange-it")
            .setTarget(log)
            .setLayout(PatternLayout.newBuilder().withPattern("%logger %msg%n").build())
            .build();
    appender.start();
    return appender;
  }

  private StreamRunner runner() {
    return runner(new SimpleMeterRegistry());
  }

  private StreamRunner runner(SimpleMeterRegistry registry) {
    return new StreamRunner(
        settings("closeTimeout", "30s"), this::open, registry, InstantSource.system());
  }

  private StreamSettings settings(String key, String value) {
    return TestSettings.with(
        "bootstrapServers",
        kafka.bootstrapServers(),
        "batch.maximumRows",
        "16",
        "routes.tweets.model",
        "settings",
        "routes.reviews.model",
        "settings-too",
        key,
        value);
  }

  private Labeller open(Route route) {
    String folder = route.model().toString();
    FakeLabeller labeller =
        switch (folder) {
          case "model-0" -> new FakeLabeller(folder, version(0));
          case "model-1" -> new FakeLabeller(folder, version(1));
          case "settings", "settings-too" -> new FakeLabeller(folder, version(9));
          default -> throw new InvalidInputException("model " + folder + ": is missing");
        };
    if (folder.equals("model-0")) {
      loading.acquireUninterruptibly();
    }
    opened.add(labeller);
    return labeller;
  }

  private long activate(String folder, String version, @Nullable Activation previous)
      throws Exception {
    return write(new ControlRecord.Activated("tweets", activation(folder, version, previous)));
  }

  private static Activation activation(
      String folder, String version, @Nullable Activation previous) {
    return new Activation(folder, folder, version, false, Instant.now(), previous);
  }

  private long write(ControlRecord record) throws Exception {
    try (ControlTopic topic = topic()) {
      return topic.write(record).offset();
    }
  }

  private ControlTopic topic() throws Exception {
    StreamSettings settings = TestSettings.with("bootstrapServers", kafka.bootstrapServers());
    Optional<ControlTopic> topic = ControlTopic.open(settings, PATIENCE);
    return topic.orElseThrow();
  }

  private ControlState state() throws Exception {
    try (ControlTopic topic = topic()) {
      ControlState state = new ControlState();
      topic.readToEnd().forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
      return state;
    }
  }

  /** Waits until so many instances report, and what they say of the route holds. */
  private void awaitReports(int instances, Predicate<RouteReport> condition) throws Exception {
    try (ControlTopic topic = topic()) {
      ControlState state = new ControlState();
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () -> {
                topic
                    .poll(Duration.ofMillis(100))
                    .forEach(entry -> state.add(entry.offset(), entry.at(), entry.content()));
                return state.instances().size() == instances
                    && state.instances().stream()
                        .map(ModelExchangeIT::ofTweets)
                        .allMatch(condition);
              });
    }
  }

  private static RouteReport ofTweets(InstanceReport report) {
    return Objects.requireNonNull(report.routes().get("tweets"));
  }

  private static double exchanges(SimpleMeterRegistry registry, String outcome) {
    return registry
        .get("sentiment.model.exchanges")
        .tags("route", "tweets", "outcome", outcome)
        .counter()
        .count();
  }

  private void send(int events) throws Exception {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      records.add(
          new ProducerRecord<>("tweets", i % PARTITIONS, null, bytes("{\"text\":\"a text\"}")));
    }
    kafka.send(records);
  }

  /** Within an output partition the offsets of each input partition ascend. */
  private static void requireOrder(List<ConsumerRecord<byte[], byte[]>> records) {
    Map<String, Long> last = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      long offset = Long.parseLong(header(record, "sentiment.source.offset"));
      Long before =
          last.put(
              record.partition() + "<-" + header(record, "sentiment.source.partition"), offset);
      assertThat(offset).isGreaterThan(before == null ? -1 : before);
    }
  }

  private static String source(ConsumerRecord<byte[], byte[]> record) {
    return header(record, "sentiment.source.partition")
        + "@"
        + header(record, "sentiment.source.offset");
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private static String version(int number) {
    return Integer.toString(number).repeat(64);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
