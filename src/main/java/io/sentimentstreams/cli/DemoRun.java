package io.sentimentstreams.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
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

  private final Sender sender;
  private final RunTally tally;
  private final Runnable requireHealthy;
  private final StopRequest stop;
  private final Duration stopTimeout;
  private final LongSupplier nanoTime;
  private long sent;
  private long stoppedNanos;
  private boolean stopping;

  /** Where the events go. */
  interface Sender {

    /** Sends one event. */
    void send(DemoEvent event);

    /** Waits until all events that were sent have arrived. */
    void flush();
  }

  /**
   * @param requireHealthy throws where the stream or the observer has failed
   * @param stop ends the sending; what is under way still comes out
   * @param stopTimeout how long it is waited for after a stop
   * @param nanoTime such as {@link System#nanoTime()}
   */
  DemoRun(
      Sender sender,
      RunTally tally,
      Runnable requireHealthy,
      StopRequest stop,
      Duration stopTimeout,
      LongSupplier nanoTime) {
    this.sender = sender;
    this.tally = tally;
    this.requireHealthy = requireHealthy;
    this.stop = stop;
    this.stopTimeout = stopTimeout;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs until the feed is through or a stop is requested.
   *
   * @param perSecond events a second; infinite for as many as the stream takes
   * @return the final counts; as many events have come out as went in, unless a stop took too long
   */
  RunTally.Counts run(DemoFeed feed, double perSecond) throws InterruptedException {
    Pacer pacer = new Pacer(perSecond, nanoTime.getAsLong());
    while (!stop.getAsBoolean() && feed.hasNext()) {
      if (waitUntilDue(pacer)) {
        break;
      }
      awaitAtMost(MOST_UNDER_WAY, stop);
      if (!stop.getAsBoolean()) {
        sender.send(feed.next());
        sent++;
      }
    }
    sender.flush();
    awaitAtMost(0, this::stopTookTooLong);
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

  /** Whether a stop was requested, and seen here, as long ago as it may take. */
  private boolean stopTookTooLong() {
    if (!stop.getAsBoolean()) {
      return false;
    }
    long now = nanoTime.getAsLong();
    if (!stopping) {
      stopping = true;
      stoppedNanos = now;
    }
    return now - stoppedNanos >= stopTimeout.toNanos();
  }

  /**
   * Waits until no more than {@code most} of the events sent have not come out yet, or there is
   * reason to give up.
   */
  private void awaitAtMost(long most, BooleanSupplier giveUp) throws InterruptedException {
    if (sent <= most) {
      return;
    }
    long done = tally.done();
    long progressNanos = nanoTime.getAsLong();
    while (sent - done > most && !giveUp.getAsBoolean()) {
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
