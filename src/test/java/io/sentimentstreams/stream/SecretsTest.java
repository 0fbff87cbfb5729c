package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.WriterAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  private static final String KAFKA = "org.apache.kafka";
  private static final String SECRET = "open-sesame";
  private static final String JAAS =
      "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ali\" password=\"%s\";"
          .formatted(SECRET);
  private static final StreamSettings SETTINGS =
      TestSettings.with(
          "kafka.security.protocol", "SASL_PLAINTEXT",
          "kafka.sasl.mechanism", "SCRAM-SHA-512",
          "kafka.sasl.jaas.config", JAAS,
          "kafka.ssl.key.password", SECRET,
          "kafka.ssl.truststore.password", SECRET,
          "kafka.main.consumer.sasl.jaas.config", JAAS,
          "kafka.producer.sasl.jaas.config", JAAS,
          "kafka.my.plugin.secret", SECRET);

  @ParameterizedTest
  @CsvSource({
    "sasl.jaas.config, true",
    "main.consumer.sasl.jaas.config, true",
    "ssl.keystore.password, true",
    "ssl.keystore.key, true",
    "sasl.oauthbearer.client.credentials.client.secret, true",
    "sasl.mechanism, false",
    "ssl.truststore.location, false",
    "key.serializer, false",
  })
  void key_ofASecret_isKnown(String key, boolean expected) {
    assertThat(Secrets.isSecret(key)).isEqualTo(expected);
  }

  @Test
  void message_withSecrets_isWithoutThem() {
    Map<String, String> kafka = Map.of("sasl.jaas.config", JAAS, "linger.ms", "5000");

    assertThat(Secrets.redact("<" + JAAS + "> or " + SECRET + " for 5000", kafka))
        .isEqualTo("<[hidden]> or [hidden] for 5000");
  }

  @Test
  void refusal_byAFailureThatQuotesASecret_hasNoCause() {
    Map<String, String> kafka = Map.of("ssl.key.password", SECRET);
    Throwable quoting = new IllegalStateException("bad", new IllegalStateException(SECRET + "!"));
    Throwable other = new IllegalStateException("bad");

    InvalidInputException refusal = Secrets.refusal("kafka.*", quoting, kafka);
    assertThat(refusal).hasMessage("kafka.*: [hidden]!").hasNoCause();
    assertThat(Secrets.refusal("kafka.*", other, kafka)).hasMessage("kafka.*: bad").hasCause(other);
  }

  /** Kafka's message quotes a word of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "streams open-sesame",
        "open-sesame",
        "open-sesame required;",
        "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"open-sesame \"x\";"
      })
  void client_withALoginThatCannotBeRead_isRefusedWithoutAWordOfIt(String jaas) {
    StreamSettings settings =
        TestSettings.with(
            "kafka.security.protocol", "SASL_PLAINTEXT",
            "kafka.sasl.mechanism", "PLAIN",
            "kafka.sasl.jaas.config", jaas);

    assertThatThrownBy(() -> new KafkaClients(settings).admin("a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("kafka.sasl.jaas.config: no login configuration that can be used")
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void settings_asText_nameNoSecret() {
    assertThat(SETTINGS.toString()).contains("sasl.jaas.config").doesNotContain(SECRET);
  }

  /** Kafka writes the settings of each client to its log at INFO, and more at DEBUG. */
  @Test
  void logs_ofAllClients_nameNoSecret() {
    StringWriter log = new StringWriter();
    WriterAppender appender =
        WriterAppender.newBuilder()
            .setName("secrets-test")
            .setTarget(log)
            .setLayout(PatternLayout.newBuilder().withPattern("%logger %msg%n%throwable").build())
            .build();
    appender.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    List<LoggerConfig> before = kafkaLoggers(context.getConfiguration());
    before.forEach(logger -> context.getConfiguration().removeLogger(logger.getName()));
    LoggerConfig all = new LoggerConfig(KAFKA, Level.ALL, false);
    all.addAppender(appender, Level.ALL, null);
    context.getConfiguration().addLogger(KAFKA, all);
    context.updateLoggers();
    try {
      openAllClients();
    } finally {
      context.getConfiguration().removeLogger(KAFKA);
      before.forEach(logger -> context.getConfiguration().addLogger(logger.getName(), logger));
      context.updateLoggers();
    }
    assertThat(log.toString())
        .contains("StreamsConfig values", "ConsumerConfig values", "ProducerConfig values")
        .contains("AdminClientConfig values", "sasl.jaas.config = [hidden]")
        .doesNotContain(SECRET);
  }

  /** What other tests' commands, and the usual configuration, say of Kafka's loggers. */
  private static List<LoggerConfig> kafkaLoggers(Configuration configuration) {
    return configuration.getLoggers().values().stream()
        .filter(logger -> logger.getName().startsWith(KAFKA))
        .toList();
  }

  private static void openAllClients() {
    KafkaClients clients = new KafkaClients(SETTINGS);
    Topology topology = new Topology();
    topology.addSource("source", "tweets").addSink("sink", "out", "source");
    StreamsConfig config =
        new StreamsConfig(StreamProperties.of(SETTINGS, () -> {}, new NarrowFrames()));
    try (Admin admin = clients.admin("a");
        Consumer<byte[], byte[]> consumer = clients.consumer("b", Map.of());
        Producer<byte[], byte[]> producer = clients.producer("c", Map.of());
        KafkaStreams streams = new KafkaStreams(topology, config)) {
      assertThat(streams.state()).isEqualTo(KafkaStreams.State.CREATED);
      assertThat(admin.metrics()).isNotEmpty();
      assertThat(consumer.metrics()).isNotEmpty();
      assertThat(producer.metrics()).isNotEmpty();
    }
  }
}
