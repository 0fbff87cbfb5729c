package io.sentimentstreams.stream;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** How many records of each partition the consumers have not fetched yet. */
final class PartitionLag {
  private static final String GROUP = "consumer-fetch-manager-metrics";
  private static final String LAG = "records-lag";

  private PartitionLag() {}

  /**
   * By {@code topic-partition}, of the partitions that this instance reads.
   *
   * @param topics the inputs; Kafka has metrics of other topics too, and of these once more with
   *     other names (KIP-1109)
   */
  static Map<String, Long> of(Map<MetricName, ? extends Metric> metrics, Set<String> topics) {
    Map<String, Long> lag = new TreeMap<>();
    metrics.forEach(
        (name, metric) -> {
          String topic = name.tags().get("topic");
          String partition = name.tags().get("partition");
          if (name.group().equals(GROUP)
              && name.name().equals(LAG)
              && topic != null
              && topics.contains(topic)
              && partition != null
              && metric.metricValue() instanceof Double records
              && !records.isNaN()) {
            lag.merge(topic + "-" + partition, Math.round(records), Math::max);
          }
        });
    return lag;
  }
}
