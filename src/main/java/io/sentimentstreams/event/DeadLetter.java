package io.sentimentstreams.event;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that could not be labelled, why, and where it came from.
 *
 * <p>As a Kafka record it keeps the event's key and timestamp; its value is this document as {@link
 * DeadLetterWriter} writes it, its headers are the event's own and those of {@link
 * DeadLetterHeaders}.
 *
 * @param detail one line for people
 * @param route the name of the route that the event was on
 * @param source where the event came from
 * @param key the event's key, null where it has none
 * @param value the event's value, null for a tombstone
 * @param headers the event's headers in their order
 * @param omittedHeaders how many more headers the event had: those that did not fit
 */
public record DeadLetter(
    RejectionReason reason,
    String detail,
    String route,
    EventSource source,
    @Nullable Content key,
    @Nullable Content value,
    List<Header> headers,
    int omittedHeaders) {
  public DeadLetter {
    headers = List.copyOf(headers);
  }

  /**
   * The dead letter of a whole event.
   *
   * @param key null where the event has none
   * @param value null for a tombstone
   */
  public static DeadLetter of(
      Rejected rejected,
      String route,
      EventSource source,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<Header> headers) {
    return ofBeginning(rejected, route, source, key, Content.ofNullable(value), headers);
  }

  /**
   * The dead letter of an event with no more than the beginning of its value.
   *
   * @param key null where the event has none
   * @param value null for a tombstone
   */
  public static DeadLetter ofBeginning(
      Rejected rejected,
      String route,
      EventSource source,
      byte @Nullable [] key,
      @Nullable Content value,
      List<Header> headers) {
    return new DeadLetter(
        rejected.reason(),
        rejected.detail(),
        route,
        source,
        Content.ofNullable(key),
        value,
        headers,
        0);
  }

  /**
   * A header of the event.
   *
   * @param value null where the header has none
   */
  public record Header(String key, @Nullable Content value) {
    /** A whole header; the value is null where the header has none. */
    public static Header of(String key, byte @Nullable [] value) {
      return new Header(key, Content.ofNullable(value));
    }
  }

  /**
   * Bytes of the event, whole or the first of them.
   *
   * @param bytes not to be written to
   * @param size how many there were in the event
   */
  // An array: the bytes go from Kafka to Kafka as they are; equality is by content, below.
  @SuppressWarnings("ArrayRecordComponent")
  public record Content(byte[] bytes, int size) {
    public Content {
      if (size < bytes.length) {
        throw new IllegalArgumentException(
            "size: %d, but there are %d bytes".formatted(size, bytes.length));
      }
    }

    static @Nullable Content ofNullable(byte @Nullable [] bytes) {
      return bytes == null ? null : new Content(bytes, bytes.length);
    }

    /** Whether the event had more bytes than these. */
    public boolean truncated() {
      return bytes.length < size;
    }

    /** By content. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Content that && size == that.size && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * size + Arrays.hashCode(bytes);
    }

    /** Names the sizes, never the content. */
    @Override
    public String toString() {
      return "Content[%d of %d bytes]".formatted(bytes.length, size);
    }
  }
}
