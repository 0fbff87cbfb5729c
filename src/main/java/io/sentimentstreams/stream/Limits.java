package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;

/**
 * What an event may weigh. One that passes a limit is dead-lettered with that limit's reason.
 *
 * @param textBytes of a text in UTF-8
 * @param eventBytes of an event's value; a larger one is not parsed
 * @param keyBytes of an event's key
 * @param headers of an event
 * @param headerBytes of all names, in UTF-8, and values of an event's headers
 * @param jsonDepth levels of objects and arrays in a value
 * @param valueBytes of an event's value that its dead letter keeps
 * @param recordBytes of an output record, labelled or dead letter, with key and headers; a larger
 *     labelled event is dead-lettered, a larger dead letter is cut
 */
public record Limits(
    int textBytes,
    int eventBytes,
    int keyBytes,
    int headers,
    int headerBytes,
    int jsonDepth,
    int valueBytes,
    int recordBytes) {
  /** Deeper is no event, and a parser would need a stack as deep. */
  private static final int GREATEST_JSON_DEPTH = 1_000;

  /** The dead letter without its event's value, key and headers has room in this. */
  static final int SMALLEST_RECORD_BYTES = 512 * 1024;

  /**
   * Least {@code max.message.bytes} of an output topic, a little below Kafka's default: with less,
   * dead letters would keep nothing of their events.
   */
  static final int SMALLEST_TOPIC_BYTES = 1_000_000;

  public Limits {
    requireAtLeast("textBytes", textBytes, 1);
    requireAtLeast("eventBytes", eventBytes, 1);
    requireAtLeast("keyBytes", keyBytes, 0);
    requireAtLeast("headers", headers, 0);
    requireAtLeast("headerBytes", headerBytes, 0);
    requireAtLeast("jsonDepth", jsonDepth, 1);
    if (jsonDepth > GREATEST_JSON_DEPTH) {
      throw new InvalidInputException(
          "limits.jsonDepth: %d, but may be at most %d".formatted(jsonDepth, GREATEST_JSON_DEPTH));
    }
    requireAtLeast("valueBytes", valueBytes, 0);
    requireAtLeast("recordBytes", recordBytes, SMALLEST_RECORD_BYTES);
    long needed = SMALLEST_RECORD_BYTES + 2L * valueBytes;
    if (recordBytes < needed) {
      throw new InvalidInputException(
          "limits.recordBytes: %d, but dead letters of limits.valueBytes %d need %d; raise the one or lower the other"
              .formatted(recordBytes, valueBytes, needed));
    }
  }

  /**
   * These limits, lowered to what the output topics take.
   *
   * @param topicBytes the smallest of their {@code max.message.bytes}, at least {@link
   *     #SMALLEST_TOPIC_BYTES}
   */
  Limits within(int topicBytes) {
    return topicBytes >= recordBytes
        ? this
        : new Limits(
            textBytes,
            eventBytes,
            keyBytes,
            headers,
            headerBytes,
            jsonDepth,
            Math.min(valueBytes, (topicBytes - SMALLEST_RECORD_BYTES) / 2),
            topicBytes);
  }

  private static void requireAtLeast(String field, int value, int least) {
    if (value < least) {
      throw new InvalidInputException(
          "limits.%s: %d, but must be at least %d".formatted(field, value, least));
    }
  }
}
