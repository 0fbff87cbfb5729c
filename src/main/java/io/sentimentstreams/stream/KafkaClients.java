package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's plain clients with the settings of the stream, for what is no Kafka Streams: {@code
 * kafka.*} without a prefix, and with the prefix of the client's kind. What the broker refuses is
 * told in one line.
 */
public final class KafkaClients {
  private static final String CONSUMER = StreamsConfig.CONSUMER_PREFIX;
  private static final String PRODUCER = StreamsConfig.PRODUCER_PREFIX;
  private static final String ADMIN = StreamsConfig.ADMIN_CLIENT_PREFIX;

  private static final List<String> PREFIXES =
      List.of(
          StreamsConfig.MAIN_CONSUMER_PREFIX,
          StreamsConfig.RESTORE_CONSUMER_PREFIX,
          StreamsConfig.GLOBAL_CONSUMER_PREFIX,
          CONSUMER,
          PRODUCER,
          ADMIN,
          StreamsConfig.TOPIC_PREFIX);

  /** Settings of the group of the stream's threads, in which these clients are not. */
  private static final String GROUP = "group.";

  private final StreamSettings settings;

  /** Clients of the broker, and with the credentials, that the settings name. */
  public KafkaClients(StreamSettings settings) {
    this.settings = settings;
  }

  /**
   * An administrator.
   *
   * @param purpose ends the client's id
   */
  public Admin admin(String purpose) {
    return made(Admin::create, config(ADMIN, AdminClientConfig.configNames(), purpose, Map.of()));
  }

  /** As above, of the configuration of Kafka Streams. */
  Admin admin(StreamsConfig config, String purpose) {
    return made(
        Admin::create,
        config.getAdminConfigs("%s-%s".formatted(settings.applicationId(), purpose)));
  }

  /**
   * A consumer without a group, of committed records; it commits nothing.
   *
   * @param purpose ends the client's id
   * @param own settings over those of the user
   */
  public Consumer<byte[], byte[]> consumer(String purpose, Map<String, Object> own) {
    return consumer(purpose, IsolationLevel.READ_COMMITTED, own);
  }

  /** As above, with this isolation. */
  public Consumer<byte[], byte[]> consumer(
      String purpose, IsolationLevel isolation, Map<String, Object> own) {
    Map<String, Object> config = config(CONSUMER, ConsumerConfig.configNames(), purpose, own);
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    return made(
        map -> new KafkaConsumer<>(map, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        config);
  }

  /**
   * Which input records the stream sees: those that are committed, unless it is at-least-once and a
   * setting says otherwise.
   */
  public IsolationLevel inputIsolation() {
    if (settings.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE_V2) {
      return IsolationLevel.READ_COMMITTED;
    }
    return Stream.of(StreamsConfig.MAIN_CONSUMER_PREFIX, CONSUMER, "")
        .map(prefix -> settings.kafka().get(prefix + ConsumerConfig.ISOLATION_LEVEL_CONFIG))
        .filter(Objects::nonNull)
        .findFirst()
        .map(value -> IsolationLevel.valueOf(value.toUpperCase(Locale.ROOT)))
        .orElse(IsolationLevel.READ_COMMITTED);
  }

  /**
   * A producer of records as large as the stream writes.
   *
   * @param purpose ends the client's id
   * @param own settings over those of the user
   */
  public Producer<byte[], byte[]> producer(String purpose, Map<String, Object> own) {
    Map<String, Object> config = config(PRODUCER, ProducerConfig.configNames(), purpose, own);
    config.putIfAbsent(
        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, StreamProperties.requestBytes(settings));
    return made(
        map -> new KafkaProducer<>(map, new ByteArraySerializer(), new ByteArraySerializer()),
        config);
  }

  /** The user's settings for a kind of client, over them what the caller owns. */
  private Map<String, Object> config(
      String prefix, Set<String> known, String purpose, Map<String, Object> own) {
    Map<String, Object> config = new HashMap<>();
    settings
        .kafka()
        .forEach(
            (key, value) -> {
              if (PREFIXES.stream().noneMatch(key::startsWith) && isFor(known, key)) {
                config.put(key, value);
              }
            });
    settings
        .kafka()
        .forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                config.put(key.substring(prefix.length()), value);
              }
            });
    config.keySet().removeIf(key -> key.startsWith(GROUP));
    config.putAll(own);
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(
        CommonClientConfigs.CLIENT_ID_CONFIG, "%s-%s".formatted(settings.applicationId(), purpose));
    return config;
  }

  /** Whether a client of this kind takes the key: its own, or one of a plug-in of the user's. */
  private static boolean isFor(Set<String> known, String key) {
    return known.contains(key)
        || !(AdminClientConfig.configNames().contains(key)
            || ConsumerConfig.configNames().contains(key)
            || ProducerConfig.configNames().contains(key)
            || StreamsConfig.configDef().names().contains(key));
  }

  private <T> T made(Function<Map<String, Object>, T> client, Map<String, Object> config) {
    KeyFiles.requireReadable(settings.kafka());
    try {
      return client.apply(config);
    } catch (KafkaException wrong) {
      throw Secrets.refusal("bootstrapServers or kafka.*", wrong, settings.kafka());
    }
  }

  /**
   * Waits for an answer of the broker.
   *
   * @param patience as the question was given it
   * @throws InvalidInputException in one line where the broker does not answer or refuses
   */
  public <T> T await(KafkaFuture<T> answer, Duration patience) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException failure) {
      throw refused(failure.getCause(), patience);
    }
  }

  /**
   * What the user can mend of a failure, in one line.
   *
   * @param patience how long an answer was waited for
   * @throws IllegalStateException where it is no failure of the broker's
   */
  public InvalidInputException refused(@Nullable Throwable cause, Duration patience) {
    String servers = settings.bootstrapServers();
    if (cause instanceof SslAuthenticationException) {
      return new InvalidInputException(
          "kafka.*: no TLS with the broker at %s: %s; check kafka.security.protocol and the kafka.ssl settings, the truststore above all"
              .formatted(servers, Causes.deepestMessage(cause)),
          cause);
    }
    if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
      return new InvalidInputException(
          "kafka.*: the broker at %s refuses the client: %s; check the kafka.sasl, kafka.ssl and kafka.security settings"
              .formatted(servers, Causes.deepestMessage(cause)),
          cause);
    }
    if (cause instanceof TimeoutException) {
      return new InvalidInputException(
          "bootstrapServers: no broker answers at %s within %d s; check the address, kafka.security.protocol, and that the broker runs"
              .formatted(servers, patience.toSeconds()),
          cause);
    }
    if (cause instanceof ApiException) {
      return new InvalidInputException(
          "bootstrapServers: the broker at %s says: %s"
              .formatted(servers, Causes.deepestMessage(cause)),
          cause);
    }
    throw new IllegalStateException("the broker at " + servers + " could not be asked", cause);
  }
}
