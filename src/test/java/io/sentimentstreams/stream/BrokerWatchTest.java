package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrokerWatchTest {
  private final BrokerWatch watch = new BrokerWatch(Map.of());

  @Test
  void heartbeats_ofLate_areNoSilence() {
    assertThat(watch.silence(heartbeats(-1.0, 0.0, 10.0))).isEmpty();
    assertThat(watch.silence(Map.of())).isEmpty();
  }

  @Test
  void heartbeats_longAgo_areSilenceOfTheLongest() {
    assertThat(watch.silence(heartbeats(2.0, 11.0, 14.0)))
        .hasValue("no heartbeat to the broker for 14 s");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heartbeat.interval.ms",
        "consumer.heartbeat.interval.ms",
        "main.consumer.heartbeat.interval.ms"
      })
  void interval_ofTheSettings_counts(String key) {
    BrokerWatch quick = new BrokerWatch(Map.of(key, "500"));
    assertThat(quick.silence(heartbeats(2.0))).isEmpty();
    assertThat(quick.silence(heartbeats(3.0))).isPresent();
  }

  private static Map<MetricName, Metric> heartbeats(Double... secondsAgo) {
    return IntStream.range(0, secondsAgo.length)
        .mapToObj(thread -> metric("thread-" + thread, secondsAgo[thread]))
        .collect(Collectors.toMap(Metric::metricName, metric -> metric));
  }

  private static Metric metric(String client, Object value) {
    MetricName name =
        new MetricName(
            "last-heartbeat-seconds-ago",
            "consumer-coordinator-metrics",
            "",
            Map.of("client-id", client));
    return new Metric() {
      @Override
      public MetricName metricName() {
        return name;
      }

      @Override
      public Object metricValue() {
        return value;
      }
    };
  }
}
