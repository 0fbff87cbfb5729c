package io.sentimentstreams.stream;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * What a route with trends has besides: {@code label-ROUTE -> ROUTE-counts -> (the internal topic
 * APPLICATION-ROUTE-trends-repartition) -> trends-ROUTE -> ROUTE-trends-out, ROUTE-alerts}. The
 * first half is in the tasks of the route's inputs and keeps no state; the second one is in tasks
 * of its own, by group, with a store in memory and its changelog.
 */
final class TrendTopology {
  private TrendTopology() {}

  /** The node that {@link TrendCounts} forwards to. */
  static String counts(Route route) {
    return route.name() + "-counts";
  }

  /** The store of a route's groups; it names the changelog, too. */
  static String store(Route route) {
    return route.name() + "-trends";
  }

  static void add(
      KStream<byte[], Outgoing> outputs, StreamSettings settings, Route route, RouteTrends trends) {
    String trendSink = route.name() + "-trends-out";
    String alertSink = route.name() + "-alerts";
    KStream<byte[], byte[]> merged =
        outputs
            .mapValues(Outgoing::value, Named.as(counts(route)))
            .repartition(
                Repartitioned.<byte[], byte[]>as(store(route))
                    .withKeySerde(Serdes.ByteArray())
                    .withValueSerde(Serdes.ByteArray())
                    .withStreamPartitioner(new TrendCounts.Partitioner()))
            .process(
                supplier(route, trends, settings.cloudEvents(), trendSink, alertSink),
                Named.as("trends-" + route.name()));
    merged.to(settings.trendTopic(), sink(trendSink));
    if (settings.hasAlerts()) {
      merged.to(settings.alertTopic(), sink(alertSink));
    }
  }

  private static ProcessorSupplier<byte[], byte[], byte[], byte[]> supplier(
      Route route,
      RouteTrends trends,
      Optional<CloudEvents> cloudEvents,
      String trendSink,
      String alertSink) {
    StoreBuilder<KeyValueStore<String, byte[]>> store =
        Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(store(route)), Serdes.String(), Serdes.ByteArray())
            .withLoggingEnabled(Map.of())
            // A group that changes often is written to the changelog once a commit.
            .withCachingEnabled();
    return new ProcessorSupplier<>() {
      @Override
      public Processor<byte[], byte[], byte[], byte[]> get() {
        return new TrendProcessor(
            route.name(), trends, cloudEvents, store(route), trendSink, alertSink);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Set.of(store);
      }
    };
  }

  private static Produced<byte[], byte[]> sink(String name) {
    return Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name);
  }
}
