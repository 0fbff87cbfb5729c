package io.sentimentstreams.web;

import java.time.Duration;

/** Labels texts that are asked about over HTTP. Safe for use by several threads at once. */
@FunctionalInterface
public interface Scoring {

  /**
   * Labels texts.
   *
   * @throws io.sentimentstreams.InvalidInputException where there is no such route
   * @throws NotNowException where there is no model yet, others are asking, or it takes too long
   */
  ScoreAnswer score(ScoreRequest request);

  /** Texts cannot be labelled now; later they may. */
  final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    private NotNowException(Reason reason, String message) {
      super(message);
      this.reason = reason;
    }

    /** As many as may are asking. */
    public static NotNowException busy() {
      return new NotNowException(
          Reason.BUSY, "other texts are being labelled; try again in a second");
    }

    /** There is no model, or it fails. */
    public static NotNowException unavailable(String message) {
      return new NotNowException(Reason.UNAVAILABLE, message);
    }

    /** The texts take longer than they may. */
    public static NotNowException tooLong(Duration limit) {
      return new NotNowException(
          Reason.TOO_LONG,
          "the texts take longer than %d s; send fewer of them, or without explain"
              .formatted(limit.toSeconds()));
    }

    /** What is in the way. */
    Reason reason() {
      return reason;
    }
  }

  /** What is in the way of an answer. */
  enum Reason {
    /** Others are asking, so that it is the client's part to wait. */
    BUSY(429, true),
    /** There is no model, or it fails. */
    UNAVAILABLE(503, true),
    /** The request is more than can be done: the same one would be again. */
    TOO_LONG(503, false);

    private final int status;
    private final boolean retried;

    Reason(int status, boolean retried) {
      this.status = status;
      this.retried = retried;
    }

    /** Of HTTP. */
    int status() {
      return status;
    }

    /** Whether the same request may soon be answered. */
    boolean isRetried() {
      return retried;
    }
  }
}
