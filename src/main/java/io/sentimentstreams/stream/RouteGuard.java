package io.sentimentstreams.stream;

import io.sentimentstreams.batch.CircuitBreaker;
import java.util.function.Supplier;

/**
 * A route's circuit breakers, and what tells that the route's model answers again.
 *
 * @param breaker before the model
 * @param reading before what its format needs to read events
 * @param probe throws where the model does not answer
 * @param narrow where frames come to that cannot be worked on as a whole
 */
record RouteGuard(
    CircuitBreaker breaker, CircuitBreaker reading, Runnable probe, NarrowFrames narrow) {

  /**
   * Reads events.
   *
   * @param work throws an exception only where it would fail for all of them
   * @param again throws where another try would fail as well
   * @throws io.sentimentstreams.batch.BreakerOpenException where it does so after several tries
   */
  <R> R read(Supplier<R> work, Runnable again) {
    return reading.call(work, again);
  }

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
