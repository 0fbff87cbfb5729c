package io.sentimentstreams.avro;

import java.io.IOException;

/** A value passes a limit of what is read. */
final class LimitException extends IOException {
  private static final long serialVersionUID = 1;

  LimitException(String message) {
    super(message);
  }
}
