package io.sentimentstreams.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Copies of something that one thread at a time may use, lent to the threads that ask.
 *
 * @param <T> the something
 */
final class ReplicaPool<T> {
  private final Lock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private final Deque<T> idle;
  private int size;
  private boolean closed;

  /** A pool of these, all idle. */
  ReplicaPool(List<T> replicas) {
    idle = new ArrayDeque<>(replicas);
    size = replicas.size();
  }

  /**
   * Uses a replica, waiting for one where all are lent. The wait cannot be interrupted: it is as
   * short as a batch, and a batch given up half-way would look like a failed one.
   *
   * @throws IllegalStateException after {@link #close}
   */
  <R> R use(Function<T, R> work) {
    T replica = borrow();
    try {
      return work.apply(replica);
    } finally {
      giveBack(replica);
    }
  }

  /** Lends one more from now on, in place of one that may never come back. */
  void add(T replica) {
    lock.lock();
    try {
      size++;
      idle.addLast(replica);
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private T borrow() {
    lock.lock();
    try {
      while (idle.isEmpty() && !closed) {
        returned.awaitUninterruptibly();
      }
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      return idle.removeLast();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(T replica) {
    lock.lock();
    try {
      idle.addLast(replica);
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Refuses further use, waits for the replicas that are lent, disposes of all; once.
   *
   * @return whether this call did it
   */
  boolean close(Consumer<T> disposal) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      returned.signalAll();
      while (idle.size() < size) {
        returned.awaitUninterruptibly();
      }
      idle.forEach(disposal);
      return true;
    } finally {
      lock.unlock();
    }
  }
}
