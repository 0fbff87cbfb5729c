package io.sentimentstreams.stream;

import io.sentimentstreams.batch.CircuitBreaker;
import java.util.function.Supplier;

/**
 * A route's circuit breaker, and what tells that the route's model answers again.
 *
 * @param probe throws where it does not
 */
record RouteGuard(CircuitBreaker breaker, Runnable probe) {

  /**
   * Calls the model.
   *
   * @param work throws an exception only where the model fails for everything
   * @throws io.sentimentstreams.batch.BreakerOpenException where it does so after several tries
   */
  <R> R call(Supplier<R> work) {
    return breaker.call(work, probe);
  }
}
