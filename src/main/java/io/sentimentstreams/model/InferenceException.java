package io.sentimentstreams.model;

import java.io.Serial;

/** A batch could not be computed. */
public final class InferenceException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public InferenceException(String message) {
    super(message);
  }

  public InferenceException(String message, Throwable cause) {
    super(message, cause);
  }
}
