package io.sentimentstreams.stream;

import io.sentimentstreams.batch.BackOff;
import io.sentimentstreams.batch.CircuitBreaker;
import java.time.Duration;
import java.util.SplittableRandom;

/** A guard that tries nothing again: the first failure for everything opens it for good. */
final class TestGuards {
  private TestGuards() {}

  static RouteGuard strict() {
    return new RouteGuard(breaker(), breaker(), () -> {}, new NarrowFrames());
  }

  private static CircuitBreaker breaker() {
    return new CircuitBreaker(
        0,
        new BackOff(Duration.ofMillis(1), Duration.ofMillis(1), new SplittableRandom(1)),
        new CircuitBreaker.Clockwork() {
          @Override
          public boolean pause(Duration delay) {
            return true;
          }

          @Override
          public void after(Duration delay, Runnable task) {}
        },
        System::nanoTime,
        new CircuitBreaker.Listener() {
          @Override
          public void opened(RuntimeException cause) {}

          @Override
          public void stillOpen(RuntimeException cause, Duration since) {}

          @Override
          public void closed(Duration since) {}
        });
  }
}
