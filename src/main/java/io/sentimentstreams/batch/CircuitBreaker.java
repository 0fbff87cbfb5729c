package io.sentimentstreams.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between work and something that may fail for everything, such as a model. A failure is
 * tried again some times after growing delays; then the breaker opens: no work is begun any more,
 * and a probe is tried after growing delays until it passes, which closes the breaker. (Nygard,
 * Release It!, 2007.)
 *
 * <p>What hangs or has hung ({@link CallTimedOutException}, {@link CallsExhaustedException}) is not
 * tried again: each try would take as long. The breaker opens at once. Work that could not be
 * finished in its time ({@link BatchUnfinishedException}) tells nothing about what fails, and
 * passes through.
 *
 * <p>Safe for use by several threads at once: the first whose tries are used up opens it for all.
 */
public final class CircuitBreaker {
  /** A thread that waits to try again does nothing else meanwhile. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /** The passing of time. */
  public interface Clockwork {
    /**
     * Waits.
     *
     * @return false where it was cut short, since everything ends
     */
    boolean pause(Duration delay);

    /** Runs a task once after a delay, on another thread. */
    void after(Duration delay, Runnable task);
  }

  /** Told of what happens, in its order; must not call the breaker. */
  public interface Listener {
    /** No work is begun from now on. */
    void opened(RuntimeException cause);

    /** The probe failed. */
    void stillOpen(RuntimeException cause, Duration since);

    /** The probe passed. */
    void closed(Duration since);
  }

  private final int retries;
  private final BackOff backOff;
  private final Clockwork clockwork;
  private final LongSupplier nanos;
  private final Listener listener;

  /** Why it is open, null where it is not. Written under the lock. */
  private volatile @Nullable RuntimeException cause;

  private long openedAt; // nanos

  /**
   * A closed breaker.
   *
   * @param retries how often failed work is tried again, 0 or more
   * @param backOff delays of these tries, and of the probes
   * @param nanos as {@link System#nanoTime}
   */
  public CircuitBreaker(
      int retries, BackOff backOff, Clockwork clockwork, LongSupplier nanos, Listener listener) {
    this.retries = retries;
    this.backOff = backOff;
    this.clockwork = clockwork;
    this.nanos = nanos;
    this.listener = listener;
  }

  /**
   * Does the work.
   *
   * @param work throws an exception only where it would fail for everything
   * @param probe returns where work is worth another try, else throws; runs on another thread
   * @throws BreakerOpenException where the breaker is open, now or already
   * @throws BatchUnfinishedException where the work throws it
   */
  public <R> R call(Supplier<R> work, Runnable probe) {
    for (int failures = 0; ; failures++) {
      requireClosed();
      try {
        return work.get();
      } catch (BatchUnfinishedException unfinished) {
        throw unfinished;
      } catch (RuntimeException failure) {
        if (failures >= retries || hangs(failure)) {
          open(failure, probe);
        } else if (!clockwork.pause(delay(failures))) {
          throw new BreakerOpenException("the work ends: " + failure.getMessage(), failure);
        }
      }
    }
  }

  private Duration delay(int failures) {
    Duration delay = backOff.delay(failures);
    return delay.compareTo(LONGEST_WAIT) < 0 ? delay : LONGEST_WAIT;
  }

  /** Whether this tells of a call that hangs. */
  public static boolean hangs(Throwable failure) {
    return failure instanceof CallTimedOutException || failure instanceof CallsExhaustedException;
  }

  private void requireClosed() {
    RuntimeException reason = cause;
    if (reason != null) {
      throw new BreakerOpenException("the breaker is open: " + reason.getMessage(), reason);
    }
  }

  private synchronized void open(RuntimeException failure, Runnable probe) {
    if (cause != null) {
      return;
    }
    openedAt = nanos.getAsLong();
    cause = failure;
    listener.opened(failure);
    probeLater(probe, 0);
  }

  private void probeLater(Runnable probe, int failures) {
    clockwork.after(backOff.delay(failures), () -> probe(probe, failures));
  }

  private void probe(Runnable probe, int failures) {
    try {
      probe.run();
    } catch (RuntimeException failure) {
      remainOpen(failure);
      probeLater(probe, failures + 1);
      return;
    }
    close();
  }

  private synchronized void remainOpen(RuntimeException failure) {
    cause = failure;
    listener.stillOpen(failure, openFor());
  }

  private synchronized void close() {
    cause = null;
    listener.closed(openFor());
  }

  private Duration openFor() {
    return Duration.ofNanos(nanos.getAsLong() - openedAt);
  }

  /** Why the breaker is open; empty where it is closed. */
  public Optional<RuntimeException> cause() {
    return Optional.ofNullable(cause);
  }
}
