package io.sentimentstreams.stream;

import io.sentimentstreams.tracing.FrameTracer;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/**
 * The stream as Kafka Streams sees it: for each route {@code ROUTE-events -> label-ROUTE ->
 * ROUTE-labelled, ROUTE-dead-letters}. Bytes at the edges, so that no event is lost to a serde.
 * This part keeps no state; what {@link TrendTopology} adds to a route with trends does.
 */
final class SentimentTopology {
  private static final Serde<Outgoing> OUTGOING =
      Serdes.serdeFrom(
          new Outgoing.ValueSerializer(),
          (topic, bytes) -> {
            throw new UnsupportedOperationException("outputs are not read here");
          });

  private SentimentTopology() {}

  /**
   * Builds the topology; nothing starts.
   *
   * @param slots where each route has its model
   * @param guards what stands before each route's model, by route and slot
   * @param shadows the second models of those routes that have one
   * @param trends of those routes that have some
   * @param nanos for measuring, as {@link System#nanoTime}
   */
  static Topology build(
      StreamSettings settings,
      Function<Route, ModelSlot> slots,
      BiFunction<Route, ModelSlot, RouteGuard> guards,
      Function<Route, Optional<ShadowModel>> shadows,
      Function<Route, Optional<RouteTrends>> trends,
      LongSupplier nanos) {
    return build(settings, slots, guards, shadows, trends, FrameTracer.NONE, nanos);
  }

  /**
   * As above.
   *
   * @param tracer told of the work on each frame
   */
  static Topology build(
      StreamSettings settings,
      Function<Route, ModelSlot> slots,
      BiFunction<Route, ModelSlot, RouteGuard> guards,
      Function<Route, Optional<ShadowModel>> shadows,
      Function<Route, Optional<RouteTrends>> trends,
      FrameTracer tracer,
      LongSupplier nanos) {
    StreamsBuilder builder = new StreamsBuilder();
    for (Route route : settings.routes()) {
      ModelSlot slot = slots.apply(route);
      RouteGuard guard = guards.apply(route, slot);
      add(
          builder,
          settings,
          route,
          slot,
          guard,
          shadows.apply(route),
          trends.apply(route),
          tracer,
          nanos);
    }
    return builder.build();
  }

  private static void add(
      StreamsBuilder builder,
      StreamSettings settings,
      Route route,
      ModelSlot slot,
      RouteGuard guard,
      Optional<ShadowModel> shadow,
      Optional<RouteTrends> trends,
      FrameTracer tracer,
      LongSupplier nanos) {
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
    KStream<byte[], Outgoing> outputs =
        builder.stream(route.inputs(), source(route))
            .process(
                () ->
                    new LabelProcessor(
                        route.name(),
                        slot,
                        guard,
                        comparison,
                        trends.map(with -> new TrendCounts(with, TrendTopology.counts(route))),
                        tracer,
                        nanos,
                        labelled,
                        deadLetters),
                Named.as("label-" + route.name()));
    outputs.to(route.output(), sink(labelled));
    outputs.to(settings.deadLetterTopic(), sink(deadLetters));
    if (comparison.isPresent()) {
      outputs.to(settings.disagreementTopic(), sink(disagreements));
    }
    trends.ifPresent(with -> TrendTopology.add(outputs, settings, route, with));
  }

  /** Where a partition without offsets begins is the consumer's {@code auto.offset.reset}. */
  private static Consumed<byte[], byte[]> source(Route route) {
    return Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
        .withName(route.name() + "-events")
        // A record without timestamp is worked on like any other; the default would stop the
        // stream.
        .withTimestampExtractor((record, partitionTime) -> Math.max(0, record.timestamp()));
  }

  private static Produced<byte[], Outgoing> sink(String name) {
    return Produced.with(Serdes.ByteArray(), OUTGOING, new Outgoing.Partitioner()).withName(name);
  }
}
