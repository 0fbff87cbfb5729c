package io.sentimentstreams.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Sends events at a fixed rate and times them until a reader of committed records has their label.
 * An event's timestamp is when it was due, so that a sender held up shortens no time.
 */
final class LatencyProbe {
  /** Events of this time are sent, but not timed: a stream has to come into its stride. */
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(3);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
  private static final Duration BREATH = Duration.ofMillis(1);

  private final BenchTopics topics;
  private final PipelineSettings settings;
  private final LongFunction<String> texts;
  private final BooleanSupplier stop;
  private final InstantSource clock;

  /**
   * @param texts of the events by their numbers, from 0
   * @param stop whether the user asked to stop
   */
  LatencyProbe(
      BenchTopics topics,
      PipelineSettings settings,
      LongFunction<String> texts,
      BooleanSupplier stop,
      InstantSource clock) {
    this.topics = topics;
    this.settings = settings;
    this.texts = texts;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Measures a stream that is ready, and whose topics are empty.
   *
   * @param running the stream; where it ends, so does the measurement
   * @throws CancellationException where the user asked to stop
   */
  PipelineReport.Latency measure(Job job, Way.Running running) throws InterruptedException {
    long start = clock.millis();
    long measured = settings.latencyTime().toMillis();
    long warmUp = Math.min(measured, LONGEST_WARM_UP.toMillis());
    long events = dueAfter(warmUp + measured);
    LatencyReader reader = new LatencyReader(topics, job, events, start + warmUp, clock);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    Future<Histogram> times = executor.submit(reader);
    try {
      send(job, events, start);
      while (!times.isDone()) {
        running.isReady();
        Thread.sleep(LOOK_AGAIN.toMillis());
      }
      return latency(times.get());
    } catch (ExecutionException e) {
      throw new IllegalStateException("measuring latency failed: " + e.getMessage(), e.getCause());
    } finally {
      reader.stop();
      executor.shutdown();
    }
  }

  private long dueAfter(long millis) {
    return settings.rate() * millis / 1000;
  }

  private void send(Job job, long events, long start) throws InterruptedException {
    try (EventProducer producer =
        EventProducer.immediate(
            topics.bootstrapServers(), job.input(), settings.partitions(), texts)) {
      for (long sent = 0; sent < events; ) {
        long due = Math.min(events, dueAfter(clock.millis() - start));
        for (; sent < due; sent++) {
          producer.send(start + sent * 1000 / settings.rate());
        }
        if (stop.getAsBoolean()) {
          throw new CancellationException("stopped");
        }
        Thread.sleep(BREATH.toMillis());
      }
      producer.flush();
    }
  }

  private PipelineReport.Latency latency(Histogram millis) {
    return new PipelineReport.Latency(
        settings.rate(),
        millis.getTotalCount(),
        millis.getValueAtPercentile(50),
        millis.getValueAtPercentile(99),
        millis.getMaxValue());
  }
}
