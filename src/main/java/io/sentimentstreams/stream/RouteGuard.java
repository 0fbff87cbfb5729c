package io.sentimentstreams.stream;

import io.sentimentstreams.batch.CircuitBreaker;
import java.util.function.Supplier;

/**
 * A route's circuit breaker, and what tells that the route's model answers again.
 *
 * @param probe throws where it does not
 * @param narrow where frames come to that cannot be worked on as a whole
 */
record RouteGuard(CircuitBreaker breaker, Runnable probe, NarrowFrames narrow) {

  /**
   * Calls the model.
   *
   * @param work throws an exception only where the model fails for everything, or where its time is
   *     over
   * @throws io.sentimentstreams.batch.BreakerOpenException where it does so after several tries
   * @throws io.sentimentstreams.batch.BatchUnfinishedException where the work's time is over
   */
  <R> R call(Supplier<R> work) {
    return breaker.call(work, probe);
  }
}
