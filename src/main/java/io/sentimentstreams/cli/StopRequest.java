package io.sentimentstreams.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Whether the user, or whoever runs the process, has asked it to stop; for one run of a command.
 */
final class StopRequest implements BooleanSupplier, AutoCloseable {
  private final CountDownLatch asked = new CountDownLatch(1);
  private final Signals.Subscription subscription;

  /**
   * @param told called once when the request comes, to tell the user what happens now
   */
  StopRequest(Signals signals, Runnable told) {
    subscription =
        signals.onStop(
            () -> {
              asked.countDown();
              told.run();
            });
  }

  @Override
  public boolean getAsBoolean() {
    return asked.getCount() == 0;
  }

  /** Waits for the request, but no longer than {@code most}; true where it has come. */
  boolean await(Duration most) throws InterruptedException {
    return asked.await(most.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    subscription.close();
  }
}
