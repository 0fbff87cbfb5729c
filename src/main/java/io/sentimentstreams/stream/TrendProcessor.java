package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.metrics.TrendMeters;
import io.sentimentstreams.trend.Alert;
import io.sentimentstreams.trend.StreamTime;
import io.sentimentstreams.trend.Trend;
import io.sentimentstreams.trend.TrendBytes;
import io.sentimentstreams.trend.TrendMerge;
import io.sentimentstreams.trend.TrendRules;
import io.sentimentstreams.trend.TrendWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Merges the counts of a route's groups to trends and alerts. All that it knows is in its store,
 * and so in the store's changelog: a transaction that is given up takes counts, trends and alerts
 * back together.
 */
final class TrendProcessor implements Processor<byte[], byte[], byte[], byte[]> {
  /** How often within the time that sources are waited for. */
  private static final int LOOKS = 4;

  private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

  private final String route;
  private final RouteTrends trends;
  private final Optional<CloudEvents> cloudEvents;
  private final String storeName;
  private final String trendSink;
  private final String alertSink;
  private @Nullable ProcessorContext<byte[], byte[]> context;
  private @Nullable TrendMerge merge;

  TrendProcessor(
      String route,
      RouteTrends trends,
      Optional<CloudEvents> cloudEvents,
      String storeName,
      String trendSink,
      String alertSink) {
    this.route = route;
    this.trends = trends;
    this.cloudEvents = cloudEvents;
    this.storeName = storeName;
    this.trendSink = trendSink;
    this.alertSink = alertSink;
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> processorContext) {
    context = processorContext;
    TrendRules rules = trends.settings().rules();
    StreamTime time =
        new StreamTime(
            rules.idle(),
            rules.windows().mostBehind(),
            trends.sources(),
            processorContext.currentSystemTimeMs());
    TrendMerge merged =
        new TrendMerge(
            rules, new TrendStore(processorContext.getStateStore(storeName)), new Outputs(), time);
    merge = merged;
    trends.meters().groups(merged.groups());
    processorContext.schedule(
        look(rules.idle()),
        PunctuationType.WALL_CLOCK_TIME,
        now -> counting(merging -> merging.tick(now)));
  }

  private static Duration look(Duration idle) {
    Duration part = idle.dividedBy(LOOKS);
    return part.compareTo(LONGEST_LOOK) < 0 ? part : LONGEST_LOOK;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    long now = context().currentSystemTimeMs();
    TrendBytes.Message message = TrendBytes.message(record.value());
    counting(
        merging -> {
          if (message instanceof TrendBytes.Message.Counts counts) {
            merging.add(new String(record.key(), UTF_8), counts.partial(), now);
          } else if (message instanceof TrendBytes.Message.Reached reached) {
            merging.reached(reached.source(), reached.time(), now);
          }
        });
  }

  @Override
  public void close() {
    if (merge != null) {
      trends.meters().groups(-merge.groups());
      merge = null;
    }
  }

  private void counting(Consumer<TrendMerge> work) {
    TrendMerge merging = Objects.requireNonNull(merge, "Kafka Streams has not called init");
    int before = merging.groups();
    try {
      work.accept(merging);
    } finally {
      trends.meters().groups(merging.groups() - before);
    }
  }

  private ProcessorContext<byte[], byte[]> context() {
    return Objects.requireNonNull(context, "Kafka Streams has not called init");
  }

  /** Sends on what has come of the counts. */
  private final class Outputs implements TrendMerge.Listener {
    private final TrendMeters meters = trends.meters();

    @Override
    public void closed(String group, Trend trend) {
      meters.closed();
      trends.groups().closed(route, group, trend);
      Headers headers = headers(CloudEvents.Kind.TREND, group, "window", trend.end(), trend.end());
      send(group, TrendWriter.trend(route, group, trend), headers, trend.end(), trendSink);
    }

    @Override
    public void alert(String group, Alert alert) {
      Trend window = alert.window();
      if (alert.kind() == Alert.Kind.BEGIN) {
        meters.alertBegan();
      } else {
        meters.alertEnded();
      }
      long time = window == null ? context().currentSystemTimeMs() : window.end();
      Headers headers =
          headers(CloudEvents.Kind.ALERT, group, alert.kind().code(), alert.since(), time);
      send(group, TrendWriter.alert(route, group, alert), headers, time, alertSink);
    }

    @Override
    public void counted(long inTime, long late, long overLimit) {
      meters.counted(inTime, late, overLimit);
    }

    /** One window of a group, or one begin or end of its alert, has one id. */
    private Headers headers(
        CloudEvents.Kind kind, String group, String what, long idMillis, long timeMillis) {
      Headers headers = new RecordHeaders();
      String id = "%s:%s:%s".formatted(group, what, Instant.ofEpochMilli(idMillis));
      cloudEvents.ifPresent(with -> with.put(headers, kind, route, id, timeMillis));
      return headers;
    }

    private void send(String group, byte[] value, Headers headers, long time, String sink) {
      context()
          .forward(new Record<>(group.getBytes(UTF_8), value, Math.max(0, time), headers), sink);
    }
  }
}
