package io.sentimentstreams.batch;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of an input topic, as it came, but for a value that is too large to be worked on: of
 * that only the beginning is here. The arrays are shared and never written to.
 *
 * @param offset its offset in the partition, 0 or more
 * @param timestamp milliseconds since the epoch as Kafka states them; -1 where the record has none
 * @param key null where the record has none
 * @param value null for a tombstone
 * @param valueSize bytes that the value has in the record, no fewer than are here; 0 for a
 *     tombstone
 * @param headers in the record's order
 */
// Arrays: the bytes go from Kafka to Kafka as they are; equality is by content, below.
@SuppressWarnings("ArrayRecordComponent")
public record FrameRow(
    long offset,
    long timestamp,
    byte @Nullable [] key,
    byte @Nullable [] value,
    int valueSize,
    List<FrameHeader> headers) {

  /** A row with all of its value. */
  public FrameRow(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      List<FrameHeader> headers) {
    this(offset, timestamp, key, value, Sizes.of(value), headers);
  }

  // Not the compact form: its parameters lose the annotations of their types.
  public FrameRow(
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      int valueSize,
      List<FrameHeader> headers) {
    if (offset < 0) {
      throw new IllegalArgumentException("offset: %d, but 0 or more is needed".formatted(offset));
    }
    if (valueSize < Sizes.of(value) || (value == null && valueSize > 0)) {
      throw new IllegalArgumentException(
          "valueSize: %d, but there are %s".formatted(valueSize, Sizes.describe(value)));
    }
    this.offset = offset;
    this.timestamp = timestamp;
    this.key = key;
    this.value = value;
    this.valueSize = valueSize;
    this.headers = List.copyOf(headers);
  }

  /**
   * Bytes of the key, the value and the headers, as far as they are here: what a {@link
   * BatchPolicy} counts.
   */
  public long bytes() {
    long bytes = (long) Sizes.of(key) + Sizes.of(value);
    for (FrameHeader header : headers) {
      bytes += (long) header.key().length() + Sizes.of(header.value());
    }
    return bytes;
  }

  /** By content. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FrameRow that
        && offset == that.offset
        && timestamp == that.timestamp
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value)
        && valueSize == that.valueSize
        && headers.equals(that.headers);
  }

  @Override
  public int hashCode() {
    int hash = 31 * Long.hashCode(offset) + Long.hashCode(timestamp);
    hash = 31 * hash + Arrays.hashCode(key);
    hash = 31 * hash + Arrays.hashCode(value);
    hash = 31 * hash + valueSize;
    return 31 * hash + headers.hashCode();
  }

  /** Names the offset and the sizes, never the content. */
  @Override
  public String toString() {
    return "FrameRow[offset=%d, timestamp=%d, key=%s, value=%s, headers=%s]"
        .formatted(offset, timestamp, Sizes.describe(key), Sizes.describe(value), headers);
  }
}
