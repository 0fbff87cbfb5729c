package io.sentimentstreams.stream;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;

/**
 * The stream as Kafka Streams sees it: for each route {@code ROUTE-events -> label-ROUTE ->
 * ROUTE-labelled, ROUTE-dead-letters}. Bytes at the edges, so that no event is lost to a serde. No
 * route keeps state.
 */
final class SentimentTopology {
  /** Where a partition without offsets begins is the consumer's {@code auto.offset.reset}. */
  private static final @Nullable AutoOffsetReset ASKED_OF_THE_CLIENT = null;

  private SentimentTopology() {}

  /**
   * Builds the topology; nothing starts.
   *
   * @param slots where each route has its model
   * @param guards what stands before each route's model, by route and slot
   * @param shadows the second models of those routes that have one
   * @param nanos for measuring, as {@link System#nanoTime}
   */
  static Topology build(
      StreamSettings settings,
      Function<Route, ModelSlot> slots,
      BiFunction<Route, ModelSlot, RouteGuard> guards,
      Function<Route, Optional<ShadowModel>> shadows,
      LongSupplier nanos) {
    Topology topology = new Topology();
    for (Route route : settings.routes()) {
      ModelSlot slot = slots.apply(route);
      RouteGuard guard = guards.apply(route, slot);
      add(topology, settings, route, slot, guard, shadows.apply(route), nanos);
    }
    return topology;
  }

  private static void add(
      Topology topology,
      StreamSettings settings,
      Route route,
      ModelSlot slot,
      RouteGuard guard,
      Optional<ShadowModel> shadow,
      LongSupplier nanos) {
    String source = route.name() + "-events";
    String processor = "label-" + route.name();
    String labelled = route.name() + "-labelled";
    String deadLetters = route.name() + "-dead-letters";
    String disagreements = route.name() + "-disagreements";
    Optional<Comparison> comparison =
        shadow.map(
            model ->
                new Comparison(
                    model,
                    new DisagreementRecords(
                        settings.limits().recordBytes(), settings.cloudEvents()),
                    disagreements));
    topology.addSource(
        ASKED_OF_THE_CLIENT,
        source,
        // A record without timestamp is worked on like any other; the default would stop the
        // stream.
        (record, partitionTime) -> Math.max(0, record.timestamp()),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        route.inputs().toArray(String[]::new));
    topology.addProcessor(
        processor,
        () -> new LabelProcessor(slot, guard, comparison, nanos, labelled, deadLetters),
        source);
    addSink(topology, labelled, route.output(), processor);
    addSink(topology, deadLetters, settings.deadLetterTopic(), processor);
    if (comparison.isPresent()) {
      addSink(topology, disagreements, settings.disagreementTopic(), processor);
    }
  }

  private static void addSink(Topology topology, String name, String topic, String processor) {
    topology.addSink(
        name,
        topic,
        new ByteArraySerializer(),
        new Outgoing.ValueSerializer(),
        new Outgoing.Partitioner(),
        processor);
  }
}
