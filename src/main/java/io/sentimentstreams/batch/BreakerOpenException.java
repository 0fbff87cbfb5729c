package io.sentimentstreams.batch;

/** The work was not done, since what it needs fails for everything; see {@link CircuitBreaker}. */
public final class BreakerOpenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BreakerOpenException(String message, Throwable cause) {
    super(message, cause);
  }
}
