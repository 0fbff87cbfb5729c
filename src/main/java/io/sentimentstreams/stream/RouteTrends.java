package io.sentimentstreams.stream;

import io.sentimentstreams.metrics.TrendMeters;
import io.sentimentstreams.page.Groups;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/**
 * What a route's trends are made with.
 *
 * @param partitions of the route's inputs, as far as they are known at the start
 * @param groups what shows them to the page
 */
record RouteTrends(
    TrendSettings settings, TrendMeters meters, List<TopicPartition> partitions, Groups groups) {
  RouteTrends {
    partitions = List.copyOf(partitions);
  }

  /** Names of the sources that are waited for before anything was heard of them. */
  List<String> sources() {
    return partitions.stream()
        .map(partition -> source(partition.topic(), partition.partition()))
        .toList();
  }

  static String source(String topic, int partition) {
    return topic + "-" + partition;
  }
}
