package io.sentimentstreams.batch;

/** A call gave no answer within its limit. It may go on for ever, on a thread of its own. */
public final class CallTimedOutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CallTimedOutException(String message) {
    super(message);
  }
}
