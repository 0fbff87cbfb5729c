package io.sentimentstreams;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something the user gave cannot be used: an option, a setting, a file, a model bundle.
 *
 * <p>The message is one line and names the field, the value and the remedy; the command line prints
 * it as it is, without a stack trace.
 */
public final class InvalidInputException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public InvalidInputException(String message) {
    super(message);
  }

  public InvalidInputException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
