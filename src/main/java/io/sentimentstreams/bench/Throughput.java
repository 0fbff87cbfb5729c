package io.sentimentstreams.bench;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Times how fast a way works off a backlog. */
final class Throughput {
  /** A look takes a broker about a millisecond. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final BenchTopics topics;
  private final BooleanSupplier stop;
  private final LongSupplier nanos;

  /**
   * What a run measured.
   *
   * @param recordsPerSecond see {@link Progress#recordsPerSecond}
   * @param backend what computed
   */
  record Timing(double recordsPerSecond, String backend) {}

  /**
   * @param stop whether the user asked to stop
   * @param nanos the clock, as {@link System#nanoTime}
   */
  Throughput(BenchTopics topics, BooleanSupplier stop, LongSupplier nanos) {
    this.topics = topics;
    this.stop = stop;
    this.nanos = nanos;
  }

  /**
   * Starts a way, lets it see a backlog of events, and waits until all are committed; checks that
   * there is an output for each.
   *
   * @param backlog withheld events
   * @param records how many
   * @throws CancellationException where the user asked to stop
   */
  Timing measure(Way way, Job job, EventProducer backlog, int partitions, long records)
      throws InterruptedException {
    Timing timing;
    try (Way.Running running = way.start(job)) {
      awaitReady(running, way);
      Progress progress = new Progress(records, nanos.getAsLong());
      backlog.release();
      while (!progress.isDone()) {
        pause();
        running.isReady();
        progress.add(nanos.getAsLong(), topics.committed(job, partitions, records));
        requireWithinPatience(way, nanos.getAsLong() - progress.movedNanos());
      }
      timing = new Timing(progress.recordsPerSecond(), running.backend());
    }
    requireOutputs(way, topics.count(job.output(), job.deadLetters()), records);
    return timing;
  }

  /** Waits until a way has had all partitions for a while: threads that join late move some. */
  void awaitReady(Way.Running running, Way way) throws InterruptedException {
    long began = nanos.getAsLong();
    long ready = began;
    while (nanos.getAsLong() - ready < SETTLED.toNanos()) {
      pause();
      if (!running.isReady()) {
        ready = nanos.getAsLong();
      }
      requireWithinPatience(way, nanos.getAsLong() - began);
    }
  }

  private void pause() throws InterruptedException {
    if (stop.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
    Thread.sleep(LOOK_AGAIN.toMillis());
  }

  private static void requireWithinPatience(Way way, long waitedNanos) {
    if (waitedNanos > PATIENCE.toNanos()) {
      throw new IllegalStateException(
          "%s: nothing came out for %d s".formatted(way.name(), PATIENCE.toSeconds()));
    }
  }

  private static void requireOutputs(Way way, long outputs, long records) {
    if (outputs != records) {
      throw new IllegalStateException(
          "%s: %d outputs for %d records".formatted(way.name(), outputs, records));
    }
  }
}
