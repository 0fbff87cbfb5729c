package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.broker.BrokerSecurity;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.broker.TlsMaterial;
import io.sentimentstreams.event.TopicCatalog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A broker with TLS and passwords: the commands with the right ones, and with wrong ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SecurityIT {
  private static final String PASSWORD = "streams-secret";
  private static final String WRONG = "wrong-secret";

  @SuppressWarnings("NullAway.Init") // set before all tests
  private TlsMaterial tls;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private EmbeddedBroker broker;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    tls = TlsMaterial.create(folder);
    BrokerSecurity security =
        new BrokerSecurity(
            tls.keystore(),
            TlsMaterial.PASSWORD,
            Map.of(BrokerSecurity.BROKER, "broker-secret", "streams", PASSWORD));
    broker = EmbeddedBroker.start(folder.resolve("data"), 0, security, Map.of());
    BrokerTopics.createMissing(client(), TopicCatalog.read(Path.of("topics")));
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @Test
  void commands_withTheRightPassword_work() throws Exception {
    send("{\"text\":\"what a lovely flight\"}", "{oops");
    TestShell stream = shell(PASSWORD);
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () ->
                stream.run(
                    "stream",
                    "--set=http.port=0",
                    "--set=routes.tweets.model=models/tweets-conv1d"));
    List<ConsumerRecord<byte[], byte[]>> outputs =
        TestTopics.read(client(), 2, "tweets.sentiment", "sentiment.dead-letters");
    assertThat(outputs)
        .extracting(ConsumerRecord::topic)
        .containsExactlyInAnyOrder("tweets.sentiment", "sentiment.dead-letters");
    assertThat(stream.interrupt()).isTrue();
    assertThat(status.get(1, TimeUnit.MINUTES)).as(stream.err()).isZero();

    TestShell list = shell(PASSWORD);
    assertThat(list.run("dead-letters", "list")).as(list.err()).isZero();
    assertThat(list.out()).contains("invalid-json");
    TestShell replay = shell(PASSWORD);
    assertThat(replay.run("dead-letters", "replay", "--json")).as(replay.err()).isZero();
    assertThat(replay.out()).contains("\"replayed\":1");
    TestShell verify = shell(PASSWORD);
    assertThat(verify.run("verify", "--json")).as(verify.err()).isLessThan(2);
    TestShell topics = shell(PASSWORD);
    assertThat(topics.run("topics", "apply")).as(topics.err()).isZero();
    assertThat(topics.out()).contains("no differences left");
    for (TestShell shell : List.of(stream, list, replay, verify, topics)) {
      assertThat(shell.out() + shell.err()).doesNotContain(PASSWORD);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stream", "verify", "dead-letters list", "dead-letters replay", "topics plan"})
  void command_withAWrongPassword_saysSoInOneLine(String command) {
    TestShell shell = shell(WRONG);

    requireRefusal(shell, command, "the broker at " + broker.bootstrapServers());
    assertThat(shell.err())
        .contains("refuses the client: ", "invalid credentials", "kafka.sasl")
        .doesNotContain(WRONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stream", "dead-letters list"})
  void command_withoutTheCertificate_saysSoInOneLine(String command) {
    TestShell shell = bare().withEnvironment("SENTIMENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL");
    TlsMaterial.credentials("streams", PASSWORD).forEach((key, value) -> set(shell, key, value));

    requireRefusal(shell, command, "no TLS with the broker at " + broker.bootstrapServers());
    assertThat(shell.err()).contains("unable to find valid certification path", "truststore");
  }

  @Test
  void command_thatKnowsNothingOfTls_saysSoInOneLine() {
    requireRefusal(bare(), "dead-letters list", "kafka.security.protocol");
  }

  @Test
  void credentials_thatCannotBeRead_areRefusedWithoutThem() {
    TestShell shell =
        bare()
            .withEnvironment("SENTIMENT_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")
            .withEnvironment("SENTIMENT_KAFKA_SASL_MECHANISM", "SCRAM-SHA-512")
            .withEnvironment(
                "SENTIMENT_KAFKA_SASL_JAAS_CONFIG",
                "x.LoginModule \"%s\" username=\"streams\";".formatted(PASSWORD));

    requireRefusal(shell, "dead-letters list --verbose", "kafka.sasl.jaas.config");
    assertThat(shell.err()).doesNotContain(PASSWORD);
  }

  private static void requireRefusal(TestShell shell, String command, String named) {
    List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
    if (command.equals("stream")) {
      arguments.add("--set=http.port=0");
    }
    assertThat(shell.run(arguments.toArray(String[]::new))).isEqualTo(2);
    assertThat(shell.out()).isEmpty();
    assertThat(shell.err().lines().filter(line -> line.startsWith("sentiment: ")))
        .singleElement()
        .asString()
        .contains(named);
    if (!command.contains("--verbose")) {
      assertThat(shell.err()).hasLineCount(1);
    }
  }

  private TestShell bare() {
    return new TestShell()
        .withEnvironment("SENTIMENT_BOOTSTRAP_SERVERS", broker.bootstrapServers());
  }

  private TestShell shell(String password) {
    TestShell shell = bare();
    tls.clientSettings("streams", password).forEach((key, value) -> set(shell, key, value));
    return shell;
  }

  private static void set(TestShell shell, String key, String value) {
    String variable = key.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
    shell.withEnvironment("SENTIMENT_KAFKA_" + variable, value);
  }

  private Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>(tls.clientSettings("streams", PASSWORD));
    client.put("bootstrap.servers", broker.bootstrapServers());
    return client;
  }

  private void send(String... values) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String value : values) {
        producer.send(new ProducerRecord<>("tweets", value.getBytes(UTF_8))).get();
      }
    }
  }
}
