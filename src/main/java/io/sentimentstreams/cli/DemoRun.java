package io.sentimentstreams.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * One run of the demo: sends the feed's events at an even rate, and waits until each has come out
 * again, labelled or as a dead letter.
 */
final class DemoRun {
  /** Events on their way beyond which the sender waits: a stream that is behind stays close. */
  private static final long MOST_UNDER_WAY = 50_000;

  /** Without any progress for so long, the run has failed. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final DemoProducer producer;
  private final RunTally tally;
  private final Runnable requireHealthy;
  private final StopRequest stop;
  private final LongSupplier nanoTime;
  private long sent;

  /**
   * @param requireHealthy throws where the stream or the observer has failed
   * @param stop ends the sending; what is under way still comes out
   * @param nanoTime such as {@link System#nanoTime()}
   */
  DemoRun(
      DemoProducer producer,
      RunTally tally,
      Runnable requireHealthy,
      StopRequest stop,
      LongSupplier nanoTime) {
    this.producer = producer;
    this.tally = tally;
    this.requireHealthy = requireHealthy;
    this.stop = stop;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs until the feed is through or a stop is requested.
   *
   * @param perSecond events a second; infinite for as many as the stream takes
   * @return the final counts; as many events have come out as went in
   */
  RunTally.Counts run(DemoFeed feed, double perSecond) throws InterruptedException {
    Pacer pacer = new Pacer(perSecond, nanoTime.getAsLong());
    while (!stop.getAsBoolean() && feed.hasNext()) {
      if (waitUntilDue(pacer)) {
        break;
      }
      awaitAtMost(MOST_UNDER_WAY);
      producer.send(feed.next());
      sent++;
    }
    producer.flush();
    awaitAtMost(0);
    return tally.counts();
  }

  /** True where a stop was requested meanwhile. */
  private boolean waitUntilDue(Pacer pacer) throws InterruptedException {
    Duration wait = pacer.untilDue(sent, nanoTime.getAsLong());
    while (wait.compareTo(Duration.ZERO) > 0) {
      requireHealthy.run();
      Duration step = wait.compareTo(LOOK_AGAIN) > 0 ? LOOK_AGAIN : wait;
      if (stop.await(step)) {
        return true;
      }
      wait = pacer.untilDue(sent, nanoTime.getAsLong());
    }
    return false;
  }

  /** Waits until no more than {@code most} of the events sent have not come out yet. */
  private void awaitAtMost(long most) throws InterruptedException {
    if (sent <= most) {
      return;
    }
    long done = tally.done();
    long progressNanos = nanoTime.getAsLong();
    while (sent - done > most) {
      requireHealthy.run();
      Thread.sleep(LOOK_AGAIN.toMillis());
      long now = tally.done();
      if (now > done) {
        done = now;
        progressNanos = nanoTime.getAsLong();
      } else if (nanoTime.getAsLong() - progressNanos > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "%,d of %,d events have not come out of the stream, and none has for %d s"
                .formatted(sent - done, sent, PATIENCE.toSeconds()));
      }
    }
  }
}
