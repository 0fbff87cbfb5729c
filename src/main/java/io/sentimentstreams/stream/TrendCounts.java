package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.trend.FrameTrends;
import io.sentimentstreams.trend.SourceClock;
import io.sentimentstreams.trend.TrendBytes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * What a route's processor does for its trends: the labelled events of a frame, counted by group,
 * go to the processor of the groups as a few small records, and now and then how far the partition
 * has come, to all partitions of the groups.
 */
final class TrendCounts {
  /** The key of what is for all partitions; no group is empty. */
  private static final byte[] ALL_PARTITIONS = {};

  private final RouteTrends trends;
  private final String child;

  /** By source: what was told is forgotten with the task, and told anew then. */
  private final Map<String, SourceClock> clocks = new HashMap<>();

  /**
   * Nothing told.
   *
   * @param child the node of the topology that it is forwarded to
   */
  TrendCounts(RouteTrends trends, String child) {
    this.trends = trends;
    this.child = child;
  }

  /** Counts a frame whose outputs were sent on; after them, in the same transaction. */
  void forward(
      Frame frame,
      List<LabelledRow> rows,
      Labels labels,
      ProcessorContext<byte[], Outgoing> context) {
    long now = context.currentSystemTimeMs();
    FrameTrends counted = new FrameTrends(trends.settings().rules().windows(), now);
    for (LabelledRow row : rows) {
      long time = Math.max(0, row.row().timestamp());
      counted.passed(time);
      if (row instanceof LabelledRow.Done done) {
        counted.labelled(trends.settings().groups(done), time, labels, done.prediction());
      }
    }
    trends.meters().passedOver(counted.withoutGroup(), counted.ahead());
    String source = RouteTrends.source(frame.topic(), frame.partition());
    counted.forEach(
        source,
        (group, partial) ->
            send(frame, group.getBytes(UTF_8), new TrendBytes.Message.Counts(partial), context));
    tell(frame, source, counted.latest(), now, context);
  }

  /** After the counts, so that no time is told before the events that made it. */
  private void tell(
      Frame frame,
      String source,
      OptionalLong latest,
      long now,
      ProcessorContext<byte[], Outgoing> context) {
    SourceClock clock =
        clocks.computeIfAbsent(
            source,
            name ->
                new SourceClock(
                    trends.settings().rules().windows(), trends.settings().rules().idle()));
    if (latest.isPresent() && clock.passed(latest.getAsLong(), now)) {
      send(frame, ALL_PARTITIONS, new TrendBytes.Message.Reached(source, clock.latest()), context);
    }
  }

  private void send(
      Frame frame,
      byte[] key,
      TrendBytes.Message message,
      ProcessorContext<byte[], Outgoing> context) {
    Outgoing value = new Outgoing(TrendBytes.of(message), frame.partition());
    context.forward(new Record<>(key, value, 0), child);
  }

  /** Groups go where Kafka's default sends them, what is for all partitions to all. */
  static final class Partitioner implements StreamPartitioner<byte[], byte[]> {
    @Override
    public Optional<Set<Integer>> partitions(
        String topic, byte[] key, byte[] value, int partitions) {
      return key.length == 0
          ? Optional.of(IntStream.range(0, partitions).boxed().collect(Collectors.toSet()))
          : Optional.empty();
    }
  }
}
