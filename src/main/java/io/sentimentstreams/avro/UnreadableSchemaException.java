package io.sentimentstreams.avro;

import org.jspecify.annotations.Nullable;

/** A content of the registry is no schema of Avro, or one that is not used. */
final class UnreadableSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreadableSchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
