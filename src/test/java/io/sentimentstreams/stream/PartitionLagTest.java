package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

final class PartitionLagTest {
  private final Map<MetricName, Metric> metrics = new LinkedHashMap<>();

  @Test
  void lag_ofTheInputs_isByPartition() {
    put("records-lag", "a.b", "0", 5.0);
    put("records-lag", "a.b", "1", 0.0);
    put("records-lag", "a_b", "0", 5.0); // the same once more, by its former name
    put("records-lag", "sentiment.models", "0", 3.0);
    put("records-lag-max", "a.b", "0", 9.0);
    put("records-lag", "a.b", "2", Double.NaN); // nothing fetched yet

    assertThat(PartitionLag.of(metrics, Set.of("a.b"))).isEqualTo(Map.of("a.b-0", 5L, "a.b-1", 0L));
  }

  private void put(String name, String topic, String partition, Object value) {
    MetricName key =
        new MetricName(
            name,
            "consumer-fetch-manager-metrics",
            "",
            Map.of("client-id", "c", "topic", topic, "partition", partition));
    metrics.put(
        key,
        new Metric() {
          @Override
          public MetricName metricName() {
            return key;
          }

          @Override
          public Object metricValue() {
            return value;
          }
        });
  }
}
