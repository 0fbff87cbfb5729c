package io.sentimentstreams.batch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls a function that may hang, and waits for its results no longer than a limit. Java cannot
 * stop a thread that computes, so a call that takes too long is abandoned: it goes on, on its own
 * daemon thread, and its results are dropped. Abandoned calls that have not come back are limited
 * in number; as long as there are as many as may be, no further call is made.
 *
 * <p>A row that hung alone is remembered as long as its call is stuck: a call with an equal row
 * times out at once. So an event that comes again, or is worked on again, takes neither time nor
 * another thread, and one that was only slow is tried again.
 *
 * <p>The limit is that of a thread that runs: where the whole process stood still (stopped by a
 * signal, or a machine asleep), the time counts only in part, so that no call is blamed for it.
 *
 * <p>Waiting cannot be interrupted, since a call given up would look like one that hangs; the flag
 * stays set.
 *
 * @param <T> a row, equal to those that make the function do the same
 * @param <R> its result
 */
public final class TimeLimitedCalls<T, R> {
  /** Waits that a limit consists of. A wait that took longer than asked counts as two. */
  private static final int SLICES = 10;

  private static final long IDLE_SECONDS = 60;

  /** Told of the calls that are abandoned. */
  public interface Listener {
    /** A call is waited for no longer: whatever it holds is lost, maybe for ever. */
    void abandoned();

    /** A call that was abandoned has ended after all. Its thread may be faster than the other. */
    void cameBack();
  }

  private final Function<? super List<T>, ? extends List<R>> function;
  private final int maximumStuck;
  private final Listener listener;
  private final LongSupplier nanos;
  private final ExecutorService threads;

  private final Lock lock = new ReentrantLock();

  /** Signalled whenever a call ends. */
  private final Condition ended = lock.newCondition();

  private final Set<T> stuckRows = new HashSet<>();
  private int running;
  private int stuck;
  private boolean closed;
  private @Nullable Runnable disposal;

  /**
   * Limits calls of a function.
   *
   * @param name of the threads that call it
   * @param function gives results for rows
   * @param maximumStuck abandoned calls that may go on at the same time, at least 1
   * @param nanos as {@link System#nanoTime}
   */
  public TimeLimitedCalls(
      String name,
      Function<? super List<T>, ? extends List<R>> function,
      int maximumStuck,
      Listener listener,
      LongSupplier nanos) {
    this.function = function;
    this.maximumStuck = maximumStuck;
    this.listener = listener;
    this.nanos = nanos;
    this.threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> daemon(task, name));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The function's results for these rows.
   *
   * @param limit how long to wait for them
   * @throws CallTimedOutException where they do not come in time
   * @throws CallsExhaustedException where too many calls are stuck
   * @throws IllegalStateException after {@link #close}
   * @throws RuntimeException what the function throws
   */
  public List<R> apply(List<T> rows, Duration limit) {
    Call call = new Call(List.copyOf(rows));
    begin(call);
    try {
      threads.execute(call);
    } catch (RuntimeException | Error notStarted) {
      end(call, null, notStarted);
      throw notStarted;
    }
    if (awaitEnd(call, limit)) {
      return call.results();
    }
    listener.abandoned();
    throw new CallTimedOutException(
        "no answer for %d texts within %d ms".formatted(rows.size(), limit.toMillis()));
  }

  private void begin(Call call) {
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (!stuckRows.isEmpty() && call.rows.stream().anyMatch(stuckRows::contains)) {
        throw new CallTimedOutException("an equal text has hung, and does so still");
      }
      if (stuck >= maximumStuck) {
        throw new CallsExhaustedException(
            "%d calls hang, and no more may be abandoned".formatted(stuck));
      }
      running++;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call can be made: at once, unless as many are stuck as may be.
   *
   * @param limit how long to wait; after it, too, this returns
   */
  public void awaitRoom(Duration limit) {
    await(() -> stuck < maximumStuck || closed, limit);
  }

  /** Whether the call has ended; else it is abandoned now. */
  private boolean awaitEnd(Call call, Duration limit) {
    lock.lock();
    try {
      await(() -> call.done, limit);
      if (!call.done) {
        abandon(call);
      }
      return call.done;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for what the end of a call may bring about, looked at under the lock. */
  private void await(BooleanSupplier isSo, Duration limit) {
    long slice = Math.max(1, limit.toNanos() / SLICES);
    long remaining = limit.toNanos();
    boolean interrupted = false;
    lock.lock();
    try {
      while (!isSo.getAsBoolean() && remaining > 0) {
        long before = nanos.getAsLong();
        try {
          ended.awaitNanos(Math.min(slice, remaining));
        } catch (InterruptedException e) {
          interrupted = true;
        }
        remaining -= Math.min(nanos.getAsLong() - before, 2 * slice);
      }
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void abandon(Call call) {
    call.abandoned = true;
    stuck++;
    if (call.rows.size() == 1) {
      stuckRows.add(call.rows.get(0));
    }
    // Those that wait for the calls which are not stuck look again.
    ended.signalAll();
  }

  /** Whether somebody still waits for what came of it. */
  private boolean end(Call call, @Nullable List<R> results, @Nullable Throwable failure) {
    Runnable last = null;
    lock.lock();
    try {
      running--;
      call.results = results;
      call.failure = failure;
      call.done = true;
      if (call.abandoned) {
        stuck--;
        if (call.rows.size() == 1) {
          stuckRows.remove(call.rows.get(0));
        }
      }
      if (running == 0) {
        last = disposal;
        disposal = null;
      }
      ended.signalAll();
    } finally {
      lock.unlock();
    }
    if (call.abandoned) {
      listener.cameBack();
    }
    if (last != null) {
      last.run();
    }
    return !call.abandoned;
  }

  /** Abandoned calls that have not come back. */
  public int stuck() {
    lock.lock();
    try {
      return stuck;
    } finally {
      lock.unlock();
    }
  }

  /** Makes those that wait look at the clock again, where it does not run by itself. */
  void wake() {
    lock.lock();
    try {
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses further calls and waits for those that run, but not for stuck ones. Closing twice does
   * nothing.
   *
   * @param afterLast run once no call is left: now, or by the last stuck call that comes back
   * @return the calls that are stuck
   */
  public int close(Runnable afterLast) {
    lock.lock();
    try {
      if (closed) {
        return stuck;
      }
      closed = true;
      threads.shutdown();
      while (running > stuck) {
        ended.awaitUninterruptibly();
      }
      if (running > 0) {
        disposal = afterLast;
        return stuck;
      }
    } finally {
      lock.unlock();
    }
    afterLast.run();
    return 0;
  }

  /** One call. Guarded by the lock, but for what never changes and what does once it is done. */
  private final class Call implements Runnable {
    private final List<T> rows;
    private boolean done;
    private boolean abandoned;
    private @Nullable List<R> results;
    private @Nullable Throwable failure;

    Call(List<T> rows) {
      this.rows = rows;
    }

    @Override
    public void run() {
      List<R> computed = null;
      Throwable thrown = null;
      try {
        computed = function.apply(rows);
      } catch (RuntimeException | Error e) {
        thrown = e;
      }
      if (!end(this, computed, thrown) && thrown instanceof Error error) {
        throw error;
      }
    }

    /** Of a call that is done: the lock was held since. */
    List<R> results() {
      if (failure instanceof RuntimeException exception) {
        throw exception;
      }
      if (failure instanceof Error error) {
        throw error;
      }
      if (results == null) {
        throw new IllegalStateException("the batch function gave no results");
      }
      return results;
    }
  }
}
