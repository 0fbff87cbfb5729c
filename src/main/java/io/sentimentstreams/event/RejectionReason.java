package io.sentimentstreams.event;

import io.sentimentstreams.InvalidInputException;
import java.util.Locale;

/**
 * Why an event went to the dead letters. Every input has one defined outcome: the first of these
 * that holds, in this order, or else a label.
 */
public enum RejectionReason {
  /** The value is null, as Kafka marks a deleted key. */
  TOMBSTONE,

  /** The value has more bytes than the stream takes. */
  EVENT_TOO_LARGE,

  /** The key has more bytes than the stream takes. */
  KEY_TOO_LARGE,

  /** The event has more headers, or more bytes of headers, than the stream takes. */
  HEADERS_TOO_LARGE,

  /**
   * The value is no Avro of its schema: without the schema's id, cut off, or followed by anything.
   */
  INVALID_AVRO,

  /** The registry has no schema of the id that the value names, or none of Avro. */
  UNKNOWN_SCHEMA,

  /** The value is no well-formed UTF-8. A byte order mark in front is allowed and skipped. */
  INVALID_UTF8,

  /**
   * The value is no JSON document: empty, cut off, followed by anything, not as RFC 8259 has it.
   * Looked for before the reasons below, as far as the parser gets.
   */
  INVALID_JSON,

  /** The JSON has more levels of objects and arrays than the stream takes. */
  JSON_TOO_DEEP,

  /**
   * The value passes another limit: a name longer than {@value EventParser#MAXIMUM_NAME_LENGTH} or
   * a number longer than {@value EventParser#MAXIMUM_NUMBER_LENGTH} characters, an id longer than
   * {@value EventParser#MAXIMUM_ID_LENGTH}.
   */
  LIMIT_EXCEEDED,

  /** The value is JSON, but an array, a string, a number, true, false or null. */
  NOT_AN_OBJECT,

  /** The object has nothing where the text pointer points. */
  TEXT_MISSING,

  /** What the text pointer points at is null, a number, true, false, an object or an array. */
  TEXT_NOT_A_STRING,

  /** The text has more bytes in UTF-8 than the route allows. */
  TEXT_TOO_LONG,

  /**
   * The text has no visible character: none, or only white space, controls and format characters.
   */
  EMPTY_TEXT,

  /** The model failed for this event alone, or gave probabilities that are no numbers. */
  INFERENCE_FAILED,

  /** The model gave no answer for this event alone within the time that it has. */
  INFERENCE_TIMED_OUT,

  /** The labelled event is larger than the output topic takes. */
  OUTPUT_TOO_LARGE;

  /** The name in dead letters, headers and meters: lower case, with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason of a code. */
  public static RejectionReason ofCode(String code) {
    for (RejectionReason reason : values()) {
      if (reason.code().equals(code)) {
        return reason;
      }
    }
    throw new InvalidInputException(
        "reason: \"%s\" is unknown to this version; it may stem from a newer one"
            .formatted(code.replaceAll("\\p{Cntrl}", "\ufffd")));
  }
}
