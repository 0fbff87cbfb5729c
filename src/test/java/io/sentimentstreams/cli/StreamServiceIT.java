package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.LoadedSettings;
import io.sentimentstreams.stream.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What operators see of a stream that runs, and of its stop. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StreamServiceIT {
  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final HttpClient client = HttpClient.newHttpClient();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private EmbeddedBroker broker;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @Test
  void stream_thatRuns_showsSettingsAndTopologyAndKeepsTheTrace() throws Exception {
    try (StreamService service = StreamService.open(settings("shown"))) {
      assertThat(get(service, "/topology").statusCode()).isEqualTo(503);
      service.start(() -> false);
      service.awaitReady(() -> false);

      JsonNode config = new JsonMapper().readTree(get(service, "/config").body());
      assertThat(config.path("applicationId").path("value").asText()).isEqualTo("shown");
      assertThat(config.path("applicationId").path("source").asText()).isEqualTo("command line");
      assertThat(config.path("threads").path("source").asText()).isEqualTo("default");
      assertThat(config.path("kafka.ssl.key.password").path("value").asText())
          .isEqualTo("[hidden]");
      assertThat(get(service, "/topology").body()).contains("Sub-topology: 0", "tweets.sentiment");
      assertThat(get(service, "/topology.svg").body())
          .startsWith("<svg ")
          .contains(">tweets<", ">label-tweets<", ">tweets.sentiment<");

      send("{\"text\":\"what a lovely flight\"}");
      assertThat(TestTopics.read(broker.bootstrapServers(), 1, "tweets.sentiment"))
          .extracting(StreamServiceIT::trace)
          .containsExactly(TRACE);
    }
  }

  @Test
  void stream_thatIsClosed_hasLeftItsGroup() throws Exception {
    LoadedSettings settings = settings("closed");
    try (StreamService service = StreamService.open(settings)) {
      service.start(() -> false);
      service.awaitReady(() -> false);
      assertThat(members("closed")).isPositive();
    }
    // Far sooner than its session would have ended.
    Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> members("closed") == 0);
  }

  private int members(String group) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin
          .describeConsumerGroups(List.of(group))
          .all()
          .get()
          .values()
          .iterator()
          .next()
          .members()
          .size();
    }
  }

  private LoadedSettings settings(String applicationId) {
    return SettingsLoader.loadToShow(
        null,
        Map.of(),
        Map.of(
            "applicationId", applicationId,
            "bootstrapServers", broker.bootstrapServers(),
            "http.port", "0",
            "routes.tweets.model", "models/tweets-conv1d",
            "kafka.ssl.key.password", "key-secret"),
        SettingsLoader.COMMAND_LINE);
  }

  private HttpResponse<String> get(StreamService service, String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(service.url() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void send(String event) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>("tweets", event.getBytes(UTF_8));
      record.headers().add("traceparent", TRACE.getBytes(UTF_8));
      producer.send(record).get();
    }
  }

  private static String trace(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.headers().lastHeader("traceparent").value(), UTF_8);
  }
}
