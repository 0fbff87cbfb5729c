package io.sentimentstreams.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Tells from the consumers' own metrics whether the broker answers. Kafka Streams stays RUNNING
 * while it is away; but a consumer sends its group's coordinator no heartbeat before the one before
 * was answered.
 */
final class BrokerWatch {
  private static final String LAST_HEARTBEAT = "last-heartbeat-seconds-ago";
  private static final int HEARTBEATS = 3;
  private static final Duration SLACK = Duration.ofSeconds(1);
  private static final String DEFAULT_INTERVAL_MILLIS = "3000";

  private final Duration limit;

  /**
   * A watch that takes three missing heartbeats for silence: 10 s unless Kafka is told else.
   *
   * @param kafka settings that Kafka has accepted
   */
  BrokerWatch(Map<String, String> kafka) {
    limit = Duration.ofMillis(intervalMillis(kafka) * HEARTBEATS).plus(SLACK);
  }

  private static long intervalMillis(Map<String, String> kafka) {
    String key = ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG;
    return Stream.of(StreamsConfig.MAIN_CONSUMER_PREFIX, StreamsConfig.CONSUMER_PREFIX, "")
        .map(prefix -> kafka.get(prefix + key))
        .filter(value -> value != null)
        .findFirst()
        .map(BrokerWatch::parse)
        .orElseGet(() -> parse(DEFAULT_INTERVAL_MILLIS));
  }

  private static long parse(String millis) {
    return Long.parseLong(millis.strip());
  }

  /** For how long the broker has been silent, in words; empty where it answers. */
  Optional<String> silence(Map<MetricName, ? extends Metric> metrics) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(LAST_HEARTBEAT))
        .map(entry -> entry.getValue().metricValue())
        .filter(Number.class::isInstance)
        .map(value -> ((Number) value).longValue())
        .filter(seconds -> seconds > limit.toSeconds())
        .max(Long::compare)
        .map("no heartbeat to the broker for %d s"::formatted);
  }
}
