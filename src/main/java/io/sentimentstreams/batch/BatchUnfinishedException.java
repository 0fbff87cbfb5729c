package io.sentimentstreams.batch;

/**
 * The time that a batch may take was over before each of its rows had an outcome. No row is to
 * blame, and none of the outcomes counts: the work is to be done again with smaller batches.
 */
public final class BatchUnfinishedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BatchUnfinishedException(String message, Throwable cause) {
    super(message, cause);
  }
}
