package io.sentimentstreams.avro;

/** The registry has answered that it has no such schema, or what it has is no schema of Avro. */
final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1;

  UnknownSchemaException(String message) {
    super(message);
  }
}
