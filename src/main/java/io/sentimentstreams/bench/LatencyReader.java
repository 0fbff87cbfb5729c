package io.sentimentstreams.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads committed records until it has seen so many, and times them from their timestamps. */
final class LatencyReader implements Callable<Histogram> {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int DIGITS = 3;

  private final BenchTopics topics;
  private final Job job;
  private final long events;
  private final long fromMillis;
  private final InstantSource clock;
  private volatile boolean stopped;

  /**
   * @param events that come, at the end
   * @param fromMillis events with earlier timestamps are not timed
   */
  LatencyReader(BenchTopics topics, Job job, long events, long fromMillis, InstantSource clock) {
    this.topics = topics;
    this.job = job;
    this.events = events;
    this.fromMillis = fromMillis;
    this.clock = clock;
  }

  /** The times in milliseconds. */
  @Override
  public Histogram call() {
    Histogram millis = new Histogram(DIGITS);
    long seen = 0;
    long seenMillis = clock.millis();
    try (Consumer<byte[], byte[]> reader = topics.reader(job.output(), job.deadLetters())) {
      while (seen < events && !stopped) {
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          seenMillis = clock.millis();
          time(record, seenMillis, millis);
          seen++;
        }
        requireWithinPatience(clock.millis() - seenMillis, seen);
      }
    }
    return millis;
  }

  private void time(ConsumerRecord<byte[], byte[]> record, long now, Histogram millis) {
    if (record.timestamp() >= fromMillis) {
      millis.recordValue(Math.max(0, now - record.timestamp()));
    }
  }

  private void requireWithinPatience(long waitedMillis, long seen) {
    if (waitedMillis > PATIENCE.toMillis()) {
      throw new IllegalStateException(
          "nothing came out for %d s; %d of %d events had"
              .formatted(PATIENCE.toSeconds(), seen, events));
    }
  }

  /** Ends the reading before all have come. */
  void stop() {
    stopped = true;
  }
}
