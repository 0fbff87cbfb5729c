package io.sentimentstreams.avro;

import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;

/** A value is no Avro of its schema, or passes a limit. */
final class MalformedValueException extends Exception {
  private static final long serialVersionUID = 1;

  private final RejectionReason reason;

  MalformedValueException(String message) {
    this(RejectionReason.INVALID_AVRO, message);
  }

  MalformedValueException(RejectionReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  Rejected rejected() {
    return new Rejected(reason, String.valueOf(getMessage()));
  }
}
