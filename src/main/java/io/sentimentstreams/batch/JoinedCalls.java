package io.sentimentstreams.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins the calls that several threads make at about the same time into one call of a function that
 * is fastest with many rows, such as a network on a GPU.
 *
 * <p>At any time at most one call of the function runs. Calls that come meanwhile gather in a
 * queue. When the function is free, the thread whose call stands first leads: it waits at most
 * {@link JoinPolicy#maximumWait} since its arrival for more to gather, takes its own call and those
 * behind it as far as they fit into {@link JoinPolicy#maximumRows}, calls the function once for the
 * rows of all, and hands each its slice of the results. (Leader and followers as in flat combining,
 * Hendler, Incze, Shavit, Tzafrir 2010.) It waits for nobody where as many calls have gathered as
 * there are threads, or as many rows as may be.
 *
 * <p>Where a joined call fails, each of its calls is repeated alone, by its own thread and before
 * any that came later: each gets the results or the failure that its rows have by themselves.
 *
 * <p>Waiting cannot be interrupted, since a call given up would look like a failed one; the flag
 * stays set, and a leader that is interrupted waits for no company.
 *
 * @param <T> a row
 * @param <R> its result
 */
public final class JoinedCalls<T, R> implements AutoCloseable {
  private static final long UNTIL_CHANGED = Long.MAX_VALUE;

  private final Function<? super List<T>, ? extends List<R>> function;
  private final JoinPolicy policy;
  private final int threads;
  private final LongConsumer queued;
  private final LongSupplier nanos;

  private final Lock lock = new ReentrantLock();

  /** Signalled whenever a call comes or the function has ended one, and at the end. */
  private final Condition changed = lock.newCondition();

  private final Deque<Call<T, R>> queue = new ArrayDeque<>();
  private boolean busy;
  private boolean closed;

  /**
   * Joins calls of a function.
   *
   * @param function gives one result a row, in the rows' order; never called by two threads at once
   * @param policy how far to join
   * @param threads that may call at the same time, at least 1; with more nothing fails, but the
   *     last of them do not wait for each other
   * @param queued told, for each call, the nanoseconds from its arrival until the function began to
   *     work on it first
   * @param nanos the time, as {@link System#nanoTime}
   */
  public JoinedCalls(
      Function<? super List<T>, ? extends List<R>> function,
      JoinPolicy policy,
      int threads,
      LongConsumer queued,
      LongSupplier nanos) {
    this.function = function;
    this.policy = policy;
    this.threads = threads;
    this.queued = queued;
    this.nanos = nanos;
  }

  /**
   * The function's results for these rows, computed alone or together with those of other threads.
   *
   * @param rows may be empty: the function is not called then
   * @return one result a row, in the rows' order
   * @throws RuntimeException what the function throws for these rows alone
   * @throws IllegalStateException after {@link #close}, and where the function gives too few or too
   *     many results
   */
  public List<R> apply(List<T> rows) {
    if (rows.isEmpty()) {
      return List.of();
    }
    Call<T, R> call = new Call<>(rows, nanos.getAsLong());
    enqueue(call);
    for (List<Call<T, R>> led = awaitTurn(call); !led.isEmpty(); led = awaitTurn(call)) {
      lead(led);
    }
    return call.results();
  }

  private void enqueue(Call<T, R> call) {
    lock.lock();
    try {
      if (closed) {
        throw closed(null);
      }
      queue.addLast(call);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until a call is done, or stands first and is to be made.
   *
   * @return the calls to make together, this one first; none where it is done
   */
  private List<Call<T, R>> awaitTurn(Call<T, R> call) {
    boolean interrupted = false;
    lock.lock();
    try {
      while (!call.isDone()) {
        if (closed && queue.remove(call)) {
          throw closed(call.failure);
        }
        long wait = interrupted && isNext(call) ? 0 : nanosToWait(call);
        if (wait <= 0) {
          return take();
        }
        try {
          changed.awaitNanos(wait);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      return List.of();
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isNext(Call<T, R> call) {
    return !busy && queue.peekFirst() == call;
  }

  private long nanosToWait(Call<T, R> call) {
    if (!isNext(call)) {
      return UNTIL_CHANGED;
    }
    if (call.alone || queue.size() >= threads || gatheredRows() >= policy.maximumRows()) {
      return 0;
    }
    return call.arrived + policy.maximumWait().toNanos() - nanos.getAsLong();
  }

  private long gatheredRows() {
    return queue.stream().mapToLong(call -> call.rows.size()).sum();
  }

  /** Takes the first call, and those behind it that may join. */
  private List<Call<T, R>> take() {
    Call<T, R> first = queue.removeFirst();
    List<Call<T, R>> taken = new ArrayList<>();
    taken.add(first);
    long rows = first.rows.size();
    for (Call<T, R> next = queue.peekFirst();
        next != null && !first.alone && !next.alone;
        next = queue.peekFirst()) {
      rows += next.rows.size();
      if (rows > policy.maximumRows()) {
        break;
      }
      taken.add(queue.removeFirst());
    }
    busy = true;
    return taken;
  }

  private void lead(List<Call<T, R>> calls) {
    List<List<R>> results = null;
    RuntimeException failure = null;
    try {
      reportQueued(calls);
      results = compute(calls);
    } catch (RuntimeException e) {
      failure = e;
    } finally {
      // After an error of the JVM, too, nobody may be left waiting.
      settle(calls, results, failure);
    }
  }

  private void reportQueued(List<Call<T, R>> calls) {
    long began = nanos.getAsLong();
    for (Call<T, R> call : calls) {
      if (!call.alone) {
        queued.accept(began - call.arrived);
      }
    }
  }

  /** The results of each call. */
  private List<List<R>> compute(List<Call<T, R>> calls) {
    List<T> rows = new ArrayList<>();
    calls.forEach(call -> rows.addAll(call.rows));
    List<R> results = function.apply(rows);
    if (results.size() != rows.size()) {
      throw new IllegalStateException(
          "the batch function gave %d results for %d rows".formatted(results.size(), rows.size()));
    }
    List<List<R>> slices = new ArrayList<>();
    int from = 0;
    for (Call<T, R> call : calls) {
      int to = from + call.rows.size();
      slices.add(List.copyOf(results.subList(from, to)));
      from = to;
    }
    return slices;
  }

  private void settle(
      List<Call<T, R>> calls, @Nullable List<List<R>> results, @Nullable RuntimeException failure) {
    lock.lock();
    try {
      busy = false;
      if (results != null) {
        for (int i = 0; i < calls.size(); i++) {
          calls.get(i).complete(results.get(i));
        }
      } else if (calls.size() == 1) {
        calls.get(0).fail(failure);
      } else {
        // The leader, first of them, is on its way out where an error of the JVM is.
        repeatAlone(failure == null ? calls.subList(1, calls.size()) : calls, failure);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void repeatAlone(List<Call<T, R>> calls, @Nullable RuntimeException failure) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call<T, R> call = calls.get(i);
      call.alone = true;
      call.failure = failure;
      queue.addFirst(call);
    }
  }

  private static IllegalStateException closed(@Nullable RuntimeException failure) {
    return new IllegalStateException("the inference stage is closed", failure);
  }

  /** Makes those that wait look at the clock again, where it does not run by itself. */
  void wake() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Calls that wait to be made. */
  public int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses further calls, fails those that wait, and waits for the one that runs. Closing twice
   * does nothing.
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      while (busy) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** One thread's call. Guarded by the lock, but for what never changes. */
  private static final class Call<T, R> {
    final List<T> rows;
    final long arrived; // nanos

    /** Not to be joined, since the call that it was joined to failed. */
    boolean alone;

    /** Of the rows alone, where done; until then of the joined call, if any. */
    @Nullable RuntimeException failure;

    private @Nullable List<R> results;
    private boolean done;

    Call(List<T> rows, long arrived) {
      this.rows = rows;
      this.arrived = arrived;
    }

    boolean isDone() {
      return done;
    }

    void complete(List<R> own) {
      results = own;
      done = true;
    }

    void fail(@Nullable RuntimeException own) {
      failure = own;
      done = true;
    }

    /** By the thread of the call alone, after it was seen done under the lock. */
    List<R> results() {
      if (results != null) {
        return results;
      }
      throw failure == null ? new IllegalStateException("the call has no outcome") : failure;
    }
  }
}
