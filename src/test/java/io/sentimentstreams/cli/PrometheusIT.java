package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.deploy.Deployed;
import io.sentimentstreams.deploy.Expressions;
import io.sentimentstreams.deploy.Program;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.SettingsLoader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The samples through a broker and the application, both scraped by a real Prometheus with this
 * project's settings and alerts: what it tells is what the topics hold, and the dashboard and the
 * alerts ask for nothing that is not there. Skipped where no prometheus is on the path.
 */
final class PrometheusIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** What Prometheus says of its own about a target. */
  private static final Set<String> OWN = Set.of("up");

  private static final List<DemoEvent> SAMPLES = Samples.all();

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path folder;

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static EmbeddedBroker broker;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static StreamService service;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static Process prometheus;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static String prometheusUrl;

  @BeforeAll
  static void runTheSamples() throws Exception {
    Program program = Program.require("prometheus");
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
    service =
        StreamService.open(
            SettingsLoader.loadToShow(config(), Map.of(), Map.of(), SettingsLoader.COMMAND_LINE));
    service.start(() -> false);
    service.awaitReady(() -> false);
    startPrometheus(program);
    System.gc(); // without a collection there are no meters of them
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(
            () ->
                value("count(sentiment_ready == 1 and on (instance) jvm_gc_pause_seconds_sum)")
                    == 1);
    send();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> value("sum(sentiment_events_in_total)") >= SAMPLES.size());
  }

  @AfterAll
  static void end() throws InterruptedException {
    if (prometheus != null) {
      prometheus.destroy();
      prometheus.waitFor(1, TimeUnit.MINUTES);
    }
    if (service != null) {
      service.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  private static Path config() throws IOException {
    Path models = Path.of("models").toAbsolutePath();
    return Files.writeString(
        folder.resolve("sentiment.yaml"),
        """
        bootstrapServers: %1$s
        http:
          port: 0
        routes:
          tweets:
            model: %2$s/tweets-conv1d
            shadow: %2$s/tweets-bilstm
            shadowShare: 1
            trends: key
            alertAbove: 0.9
          reviews:
            model: %2$s/reviews-conv1d
        """
            .formatted(broker.bootstrapServers(), models));
  }

  /** With the files of the project, but this application as the target, and more often. */
  private static void startPrometheus(Program program) throws IOException {
    String address = "127.0.0.1:" + freePort();
    prometheusUrl = "http://" + address;
    Path settings = Files.createDirectories(folder.resolve("prometheus"));
    Files.copy(Deployed.PROMETHEUS.resolve("alerts.yml"), settings.resolve("alerts.yml"));
    Files.writeString(
        settings.resolve("prometheus.yml"),
        Files.readString(Deployed.PROMETHEUS.resolve("prometheus.yml"))
            .replace("sentiment:8080", service.url().replace("http://", ""))
            .replaceAll("interval: \\d+s", "interval: 1s"));
    prometheus =
        program.start(
            folder.resolve("prometheus.log"),
            "--config.file=" + settings.resolve("prometheus.yml"),
            "--storage.tsdb.path=" + folder.resolve("series"),
            "--web.listen-address=" + address);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void send() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (DemoEvent event : SAMPLES) {
        byte[] key = event.key().getBytes(StandardCharsets.UTF_8);
        sent.add(producer.send(new ProducerRecord<>(event.route(), key, event.value())));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  @Test
  void events_inPrometheus_areThoseSentEachWithOneOutcome() throws Exception {
    assertThat(value("sum(sentiment_events_in_total)")).isEqualTo(SAMPLES.size());
    assertThat(value("sum(sentiment_batch_rows_sum)")).isEqualTo(SAMPLES.size());
    assertThat(
            value(
                "sum(sentiment_events_labelled_total) + sum(sentiment_events_dead_lettered_total)"))
        .isEqualTo(SAMPLES.size());
    assertThat(value("sum(sentiment_events_unaccounted)")).isZero();
    assertThat(value("up{job=\"sentiment-streams\"}")).isEqualTo(1);
  }

  @Test
  void labelsAndReasons_inPrometheus_areThoseOfTheTopics() throws Exception {
    Map<String, Long> labels = new HashMap<>();
    Map<String, Long> reasons = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> output : outputs()) {
      JsonNode event = JSON.readTree(output.value());
      boolean dead = output.topic().equals("sentiment.dead-letters");
      (dead ? reasons : labels)
          .merge(event.path(dead ? "reason" : "label").asText(), 1L, Long::sum);
    }

    assertThat(counts("label", "sum by (label) (sentiment_events_labelled_total) > 0"))
        .isEqualTo(labels);
    assertThat(counts("reason", "sum by (reason) (sentiment_events_dead_lettered_total) > 0"))
        .isEqualTo(reasons);
    assertThat(labels).hasSize(3);
    assertThat(reasons).hasSizeGreaterThan(5);
  }

  private static List<ConsumerRecord<byte[], byte[]>> outputs() {
    return TestTopics.read(
        broker.bootstrapServers(),
        SAMPLES.size(),
        "tweets.sentiment",
        "reviews.sentiment",
        "sentiment.dead-letters");
  }

  @Test
  void dashboard_everyPanel_asksForMetersThatAreThereAndGetsAnAnswer() throws Exception {
    Set<String> exposed = exposed();

    assertThat(Deployed.panels())
        .allSatisfy(
            panel -> {
              assertThat(exposed)
                  .as(panel.name())
                  .containsAll(Expressions.metrics(panel.expression()));
              assertThat(query(panel.expression())).as(panel.toString()).isNotEmpty();
            });
  }

  @Test
  void alerts_everyOne_asksForMetersThatAreThere() throws Exception {
    Set<String> exposed = exposed();

    assertThat(Deployed.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              Set<String> metrics = Expressions.metrics(alert.expression());
              assertThat(metrics).as(alert.name()).isNotEmpty();
              metrics.removeAll(OWN);
              assertThat(exposed).as(alert.name()).containsAll(metrics);
            });
  }

  @Test
  void alerts_onAStreamThatIsWell_areEvaluatedAndQuiet() throws Exception {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(rules())
                    .hasSameSizeAs(Deployed.alerts())
                    .allMatch(rule -> rule.path("health").asText().equals("ok"), "evaluated"));

    assertThat(rules()).noneMatch(rule -> rule.path("state").asText().equals("firing"));
  }

  private static List<JsonNode> rules() throws IOException, InterruptedException {
    List<JsonNode> groups =
        get(prometheusUrl + "/api/v1/rules").at("/data/groups").valueStream().toList();
    return groups.stream().flatMap(group -> group.path("rules").valueStream()).toList();
  }

  /** The names of all series that the application exposes. */
  private static Set<String> exposed() throws IOException, InterruptedException {
    return body(service.url() + "/metrics")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("[{ ]", 2)[0])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Long> counts(String label, String expression)
      throws IOException, InterruptedException {
    Map<String, Long> counts = new HashMap<>();
    for (JsonNode series : query(expression)) {
      counts.put(series.at("/metric/" + label).asText(), series.at("/value/1").asLong());
    }
    return counts;
  }

  private static double value(String expression) throws IOException, InterruptedException {
    List<JsonNode> series = query(expression);
    return series.size() == 1 ? series.get(0).at("/value/1").asDouble() : Double.NaN;
  }

  private static List<JsonNode> query(String expression) throws IOException, InterruptedException {
    String encoded = URLEncoder.encode(expression, StandardCharsets.UTF_8);
    return get(prometheusUrl + "/api/v1/query?query=" + encoded)
        .at("/data/result")
        .valueStream()
        .toList();
  }

  private static JsonNode get(String url) throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(body(url));
    assertThat(answer.path("status").asText()).as("%s: %s", url, answer).isEqualTo("success");
    return answer;
  }

  private static String body(String url) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
