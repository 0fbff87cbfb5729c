package io.sentimentstreams.web;

/** Labels texts that are asked about over HTTP. Safe for use by several threads at once. */
@FunctionalInterface
public interface Scoring {

  /**
   * Labels texts.
   *
   * @throws io.sentimentstreams.InvalidInputException where there is no such route
   * @throws NotNowException where there is no model yet, or others are asking
   */
  ScoreAnswer score(ScoreRequest request);

  /** Texts cannot be labelled now; later they may. */
  final class NotNowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean busy;

    private NotNowException(String message, boolean busy) {
      super(message);
      this.busy = busy;
    }

    /** As many as may are asking. */
    public static NotNowException busy() {
      return new NotNowException("other texts are being labelled; try again in a second", true);
    }

    /** There is no model, or it fails. */
    public static NotNowException unavailable(String message) {
      return new NotNowException(message, false);
    }

    /** Whether others are asking, so that it is the client's part to wait. */
    boolean isBusy() {
      return busy;
    }
  }
}
