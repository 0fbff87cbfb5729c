package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.batch.BatchPolicy;
import io.sentimentstreams.batch.JoinPolicy;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsLoaderTest {
  private static final String JAAS = "org.apache.kafka.common.security.scram.ScramLoginModule x;";

  private final Path folder;

  SettingsLoaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void load_nothing_givesTheDefaults() {
    StreamSettings settings = SettingsLoader.load(null, Map.of(), Map.of());
    assertThat(settings.applicationId()).isEqualTo("sentiment-streams");
    assertThat(settings.bootstrapServers()).isEqualTo("127.0.0.1:9092");
    assertThat(settings.processingGuarantee()).isEqualTo(ProcessingGuarantee.EXACTLY_ONCE_V2);
    assertThat(settings.batch()).isEqualTo(new BatchPolicy(256, 4 << 20));
    assertThat(settings.linger()).isEqualTo(Duration.ofMillis(10));
    assertThat(settings.backend()).isEqualTo(BackendKind.AUTO);
    assertThat(settings.device()).isEqualTo(Device.AUTO);
    assertThat(settings.stage())
        .isEqualTo(new StageSettings(StageJoin.AUTO, new JoinPolicy(1024, Duration.ofMillis(2))));
    assertThat(settings.http()).isEqualTo(new HttpSettings("127.0.0.1", 8080, true, 10));
    assertThat(settings.kafka()).isEmpty();
    assertThat(settings.routes())
        .containsExactly(
            shipped("reviews", Path.of("models/reviews-bilstm")),
            shipped("tweets", Path.of("models/tweets-bilstm")));
  }

  @Test
  void load_shippedFile_givesTheDefaults() {
    Path file = Path.of("sentiment.yaml").toAbsolutePath();
    StreamSettings shipped = SettingsLoader.load(file, Map.of(), Map.of());
    StreamSettings defaults = SettingsLoader.load(null, Map.of(), Map.of());
    assertThat(shipped).usingRecursiveComparison().ignoringFields("routes").isEqualTo(defaults);
    assertThat(shipped.routes())
        .containsExactly(
            shipped("reviews", file.resolveSibling("models/reviews-bilstm")),
            shipped("tweets", file.resolveSibling("models/tweets-bilstm")));
  }

  @Test
  void load_allLayers_letsTheLaterOneWin() throws IOException {
    Path file =
        file(
            "layers.yaml",
            """
            applicationId: file
            threads: 3
            batch:
              maximumRows: 64
            linger: 0ms
            """);
    Map<String, String> environment =
        Map.of("SENTIMENT_THREADS", "4", "SENTIMENT_BATCH_MAXIMUM_ROWS", "65", "HOME", "/root");
    StreamSettings settings = SettingsLoader.load(file, environment, Map.of("threads", "5"));
    assertThat(settings.applicationId()).isEqualTo("file");
    assertThat(settings.batch().maximumRows()).isEqualTo(65);
    assertThat(settings.threads()).isEqualTo(5);
    assertThat(settings.linger()).isZero();
    assertThat(settings.deadLetterTopic()).isEqualTo("sentiment.dead-letters");
  }

  @Test
  void schemaRegistry_byFileAndEnvironment_isHandedOn() throws IOException {
    Path file =
        file(
            "registry.yaml",
            """
            schemaRegistry:
              url: http://localhost:8080/apis/registry/v3
              auto-register: false
            """);
    Map<String, String> environment =
        Map.of(
            "SENTIMENT_SCHEMA_REGISTRY_AUTO_REGISTER", "true",
            "SENTIMENT_SCHEMA_REGISTRY_AUTH_PASSWORD", "secret",
            "SENTIMENT_ROUTES_TWEETS_FORMAT", "avro");
    LoadedSettings loaded = SettingsLoader.loadToShow(file, environment, Map.of(), "test");
    assertThat(loaded.settings().schemaRegistry().properties())
        .containsOnly(
            Map.entry("url", "http://localhost:8080/apis/registry/v3"),
            Map.entry("auto-register", "true"),
            Map.entry("auth.password", "secret"));
    assertThat(loaded.settings().hasAvro()).isTrue();
    assertThat(loaded.toString()).doesNotContain("secret");
  }

  @Test
  void load_propertiesFile_hasTheSameKeys() throws IOException {
    Path file =
        file(
            "same.properties",
            """
            batch.maximumRows = 64
            routes.mine.inputs = a, b
            routes.mine.model = model
            routes.mine.format = text
            routes.mine.idPointer = none
            routes.mine.includeText = true
            kafka.security.protocol = SSL
            """);
    StreamSettings settings = SettingsLoader.load(file, Map.of(), Map.of());
    assertThat(settings.batch().maximumRows()).isEqualTo(64);
    assertThat(settings.kafka()).containsExactly(Map.entry("security.protocol", "SSL"));
    assertThat(settings.routes())
        .containsExactly(
            new Route(
                "mine",
                List.of("a", "b"),
                folder.toAbsolutePath().resolve("model"),
                "mine.sentiment",
                EventFormat.TEXT,
                "/text",
                null,
                true,
                0,
                null,
                null));
  }

  @Test
  void shadow_ofARoute_hasAModelAndAShare() throws IOException {
    Path file =
        file(
            "shadow.yaml",
            """
            routes:
              mine:
                model: model
                shadow: other
                shadowShare: 0.25
              plain:
                model: model
                shadow: other
            """);

    assertThat(SettingsLoader.load(file, Map.of(), Map.of()).routes())
        .extracting(Route::shadow)
        .containsExactly(
            new Shadow(folder.toAbsolutePath().resolve("other"), 0.25),
            new Shadow(folder.toAbsolutePath().resolve("other"), 0.1));
    assertThatThrownBy(
            () -> SettingsLoader.load(file, Map.of(), Map.of("routes.mine.shadowShare", "1.5")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "routes.mine.shadowShare: \"1.5\", but a number above 0 and at most 1 is needed");
    assertThatThrownBy(
            () -> SettingsLoader.load(null, Map.of(), Map.of("routes.tweets.shadowShare", "1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("routes.tweets.shadow, the second model, is missing");
  }

  @Test
  void topics_ofControlAndDisagreements_areTheirOwn() {
    assertThatThrownBy(() -> SettingsLoader.load(null, Map.of(), Map.of("controlTopic", "tweets")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("controlTopic: topic \"tweets\" holds events or outputs");
    assertThatThrownBy(
            () ->
                SettingsLoader.load(
                    null, Map.of(), Map.of("disagreementTopic", "sentiment.models")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("disagreementTopic: ");
  }

  @Test
  void environment_onRoutes_changesAndAdds() {
    Map<String, String> environment =
        Map.of(
            "SENTIMENT_ROUTES_TWEETS_MODEL", "other",
            "SENTIMENT_ROUTES_NEW_ONE_MODEL", "new",
            "SENTIMENT_ROUTES_NEW_ONE_TEXT_POINTER", "/body");
    StreamSettings settings = SettingsLoader.load(null, environment, Map.of());
    assertThat(settings.routes())
        .extracting(Route::name, Route::model, Route::textPointer)
        .containsExactly(
            tuple("new-one", Path.of("new"), "/body"),
            tuple("reviews", Path.of("models/reviews-bilstm"), "/text"),
            tuple("tweets", Path.of("other"), "/text"));
  }

  @Test
  void kafkaSettings_fromAllLayers_passThrough() throws IOException {
    Path file =
        file(
            "kafka.yaml",
            """
            kafka:
              security.protocol: SASL_PLAINTEXT
              producer:
                compression.type: lz4
            """);
    StreamSettings settings =
        SettingsLoader.load(
            file,
            Map.of("SENTIMENT_KAFKA_SASL_JAAS_CONFIG", JAAS),
            Map.of("kafka.main.consumer.max.poll.interval.ms", "1000"));
    assertThat(settings.kafka())
        .containsOnly(
            Map.entry("security.protocol", "SASL_PLAINTEXT"),
            Map.entry("producer.compression.type", "lz4"),
            Map.entry("sasl.jaas.config", JAAS),
            Map.entry("main.consumer.max.poll.interval.ms", "1000"));
    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain(JAAS);
  }

  @ParameterizedTest
  @CsvSource({
    "kafka.application.id, set applicationId",
    "kafka.bootstrap.servers, set bootstrapServers",
    "kafka.consumer.group.id, set applicationId",
    "kafka.processing.guarantee, set processingGuarantee",
    "kafka.num.stream.threads, set threads",
    "kafka.main.consumer.interceptor.classes, packs polls into frames",
    "kafka.main.consumer.sentiment.frames.topics, set batch.maximumRows",
    "kafka.enable.auto.commit, Kafka Streams commits",
    "kafka.default.value.serde, records pass as bytes",
    "kafka.production.exception.handler, would be lost",
    "kafka.producer.acks, could be lost",
    "kafka.producer.transactional.id, set applicationId"
  })
  void kafkaSetting_ownedByTheApplication_isRefusedWithTheReason(String key, String reason) {
    refused(() -> SettingsLoader.load(null, Map.of(), Map.of(key, "x")))
        .hasMessageStartingWith(key + ": belongs to the application")
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "thread, threads",
    "batch.maxRows, batch.maximumRows",
    "bootstrap.servers, bootstrapServers",
    "routes.tweets.modell, routes.tweets.model",
    "routes.tweets.text, routes.tweets.textPointer",
    "http.prot, http.port"
  })
  void key_unknown_isRefusedWithTheNearest(String key, String nearest) {
    refused(() -> SettingsLoader.load(null, Map.of(), Map.of(key, "1")))
        .hasMessageStartingWith(key + ": no such setting")
        .hasMessageContaining("\"" + nearest + "\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "routes.tweets.nonsense"})
  void key_likeNone_isRefusedWithoutASuggestion(String key) {
    refused(() -> SettingsLoader.load(null, Map.of(), Map.of(key, "1")))
        .hasMessage(key + ": no such setting; the README lists all");
  }

  @ParameterizedTest
  @CsvSource({
    "threads, many, a whole number is needed",
    "threads, 0, must be 1 to 256",
    "threads, 257, must be 1 to 256",
    "threads, '', missing",
    "batch.maximumRows, 0, batch.maximumRows: 0",
    "linger, 10, a time such as 10ms",
    "linger, 11s, 0 to PT10S is needed",
    "shadow.timeout, 0ms, give 1ms to 10s",
    "device, gpu, 'give auto, cpu, cuda or cuda:N'",
    "stage.join, gpu, '\"gpu\", but auto, always or never is needed'",
    "stage.maximumRows, 0, 'stage.maximumRows: 0, but'",
    "stage.maximumWait, 11s, 'stage.maximumWait: PT11S, but'",
    "backend, tensorflow, 'give auto, compiled, dl4j or onnx'",
    "processingGuarantee, exactly_once, exactly_once_v2 or at_least_once is needed",
    "http.port, 65536, 1 to 65535",
    "limits.recordBytes, 1000000, limits.valueBytes",
    "limits.eventBytes, 0, must be at least 1",
    "limits.keyBytes, -1, must be at least 0",
    "limits.headers, -1, must be at least 0",
    "limits.headerBytes, -1, must be at least 0",
    "limits.jsonDepth, 1001, may be at most 1000",
    "deadLetterTopic, a topic, is no topic name",
    "deadLetterTopic, tweets, would go round",
    "routes.tweets.format, xml, 'json, text or avro is needed'",
    "routes.tweets.format, avro, 'schemaRegistry.url: missing, but route tweets'",
    "schemaRegistry.url, 'localhost:8080', no address of a registry",
    "schemaRegistry.auto-registr, true, 'is \"schemaRegistry.auto-register\" meant'",
    "routes.tweets.includeText, yes, true or false is needed",
    "routes.tweets.inputs, reviews, is an input of route",
    "routes.tweets.inputs, ',', at least one topic is needed",
    "routes.tweets.output, reviews, would go round",
    "routes.tweets.output, sentiment.dead-letters, is the dead-letter topic",
    "routes.Tweets.model, m, is no route name",
    "routes.model, m, routes.NAME.model",
    "routes.new.inputs, t, routes.new.model: missing"
  })
  void value_wrong_isRefusedWithTheRemedy(String key, String value, String remedy) {
    refused(() -> SettingsLoader.load(null, Map.of(), Map.of(key, value)))
        .hasMessageContaining(remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"SENTIMENT_THREAD", "SENTIMENT_ROUTES_TWEETS_SIZE", "SENTIMENT_ROUTES_"})
  void variable_unknown_isRefused(String variable) {
    refused(() -> SettingsLoader.load(null, Map.of(variable, "1"), Map.of()))
        .hasMessageContaining(variable);
  }

  @Test
  void variables_ofTheLauncher_areNoSettings() {
    Map<String, String> environment =
        Map.of("SENTIMENT_JAVA_OPTS", "-Xmx1g", "SENTIMENT_DATA", "/data");
    assertThat(SettingsLoader.load(null, environment, Map.of()))
        .isEqualTo(SettingsLoader.load(null, Map.of(), Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SENTIMENT_SERVICE_HOST",
        "SENTIMENT_STREAMS_SERVICE_PORT",
        "SENTIMENT_STREAMS_SERVICE_PORT_HTTP",
        "SENTIMENT_STREAMS_PORT",
        "SENTIMENT_STREAMS_PORT_8080_TCP",
        "SENTIMENT_STREAMS_PORT_8080_TCP_ADDR"
      })
  void variables_ofKubernetes_areNoSettings(String variable) {
    assertThat(SettingsLoader.load(null, Map.of(variable, "tcp://10.0.0.7:8080"), Map.of()))
        .isEqualTo(SettingsLoader.load(null, Map.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing.yaml|does not exist",
        "wrong.json|name it .yaml, .yml or .properties",
        "twice.yaml|threads",
        "malformed.yaml|line 2",
        "two.yaml|more than one document",
        "list.yaml|holds no \"key: value\" lines",
        "null.yaml|threads has no value",
        "unicode.properties|Malformed"
      })
  void file_wrong_isRefusedByName(String name, String message) throws IOException {
    file("wrong.json", "{}");
    file("twice.yaml", "threads: 1\nthreads: 2\n");
    file("malformed.yaml", "threads: 1\nbatch: {\n");
    file("two.yaml", "threads: 1\n---\nbogus: 2\n");
    file("list.yaml", "- threads\n");
    file("null.yaml", "threads: ~\n");
    file("unicode.properties", "threads=\\uXYZ\n");
    refused(() -> SettingsLoader.load(folder.resolve(name), Map.of(), Map.of()))
        .hasMessageContaining(name)
        .hasMessageContaining(message)
        .hasMessageNotContaining("\n");
  }

  @Test
  void file_empty_givesTheDefaults() throws IOException {
    assertThat(SettingsLoader.load(file("empty.yaml", "# nothing\n"), Map.of(), Map.of()))
        .isEqualTo(SettingsLoader.load(null, Map.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 500", "5, 5"})
  void explain_ofARoute_isASwitchOrACount(String value, int tokens) {
    StreamSettings settings =
        SettingsLoader.load(null, Map.of(), Map.of("routes.tweets.explain", value));

    assertThat(settings.routes())
        .filteredOn(route -> route.name().equals("tweets"))
        .extracting(Route::explainedTokens)
        .containsExactly(tokens);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "501", "yes", "99999999999"})
  void explain_ofNoSuchValue_isRefused(String value) {
    refused(() -> SettingsLoader.load(null, Map.of(), Map.of("routes.tweets.explain", value)))
        .hasMessageContaining("routes.tweets.explain")
        .hasMessageContaining("1 to 500");
  }

  private static AbstractThrowableAssert<?, ?> refused(ThrowingCallable call) {
    return assertThatThrownBy(call).isInstanceOf(InvalidInputException.class);
  }

  private static Route shipped(String name, Path model) {
    return new Route(
        name,
        List.of(name),
        model,
        name + ".sentiment",
        EventFormat.JSON,
        "/text",
        "/id",
        false,
        0,
        null,
        null);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
