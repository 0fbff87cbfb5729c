package io.sentimentstreams.stream;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that ends with the stream. */
final class Pauses implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  /**
   * Waits.
   *
   * @return false where the wait was cut short, since everything ends
   */
  boolean pause(Duration delay) {
    try {
      return !closed.await(delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Ends all waiting, now and from now on. */
  @Override
  public void close() {
    closed.countDown();
  }
}
