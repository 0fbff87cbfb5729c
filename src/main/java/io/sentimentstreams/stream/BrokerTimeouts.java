package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/** Compares timeouts of the clients with what a broker allows, which else ends each thread. */
final class BrokerTimeouts {
  private static final String SHORTEST_SESSION = "group.min.session.timeout.ms";
  private static final String LONGEST_SESSION = "group.max.session.timeout.ms";
  private static final String LONGEST_TRANSACTION = "transaction.max.timeout.ms";

  private final StreamSettings settings;
  private final StreamsConfig config;

  BrokerTimeouts(StreamSettings settings, StreamsConfig config) {
    this.settings = settings;
    this.config = config;
  }

  /**
   * Checks.
   *
   * @param broker the broker's setting of a name, null where it has none
   * @throws InvalidInputException for a timeout that the broker would refuse
   */
  void requireAllowed(Function<String, @Nullable String> broker) {
    ClientConfigs clients = ClientConfigs.of(config);
    // With the other protocol, the broker alone has a session timeout.
    if ("classic".equals(config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG))) {
      String key = ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG;
      require(key, clients.consumer(), broker.apply(SHORTEST_SESSION), SHORTEST_SESSION, true);
      require(key, clients.consumer(), broker.apply(LONGEST_SESSION), LONGEST_SESSION, false);
    }
    if (settings.processingGuarantee() == ProcessingGuarantee.EXACTLY_ONCE_V2) {
      require(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
          clients.producer(),
          broker.apply(LONGEST_TRANSACTION),
          LONGEST_TRANSACTION,
          false);
    }
  }

  private void require(
      String key,
      Map<String, Object> client,
      @Nullable String bound,
      String boundKey,
      boolean atLeast) {
    if (bound == null) {
      return;
    }
    int value = (Integer) Objects.requireNonNull(client.get(key));
    int limit = Integer.parseInt(bound);
    if (atLeast ? value < limit : value > limit) {
      throw new InvalidInputException(
          "kafka.%s: %d, but the broker at %s allows at %s %d (its %s); give a %s one"
              .formatted(
                  given(key),
                  value,
                  settings.bootstrapServers(),
                  atLeast ? "least" : "most",
                  limit,
                  boundKey,
                  atLeast ? "longer" : "shorter"));
    }
  }

  /** The key as the user wrote it, prefix included. */
  private String given(String key) {
    return settings.kafka().keySet().stream()
        .filter(name -> name.equals(key) || name.endsWith("." + key))
        .sorted()
        .findFirst()
        .orElse(key);
  }
}
