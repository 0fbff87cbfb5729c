package io.sentimentstreams.batch;

/** No further call can be made: as many as may be were abandoned, and none has come back. */
public final class CallsExhaustedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CallsExhaustedException(String message) {
    super(message);
  }
}
