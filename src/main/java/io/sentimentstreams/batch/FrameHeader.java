package io.sentimentstreams.batch;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A header of a row. The value's array is shared with whoever made it and is never written to.
 *
 * @param key the header's name; names may repeat within a row
 * @param value the bytes as they came, null where the header has none
 */
// Arrays: the bytes go from Kafka to Kafka as they are; equality is by content, below.
@SuppressWarnings("ArrayRecordComponent")
public record FrameHeader(String key, byte @Nullable [] value) {

  // Not the compact form: its parameters lose the annotations of their types.
  public FrameHeader(String key, byte @Nullable [] value) {
    this.key = Objects.requireNonNull(key, "key");
    this.value = value;
  }

  /** By content. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FrameHeader that
        && key.equals(that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * key.hashCode() + Arrays.hashCode(value);
  }

  /** Names the header and the size of its value, never the content. */
  @Override
  public String toString() {
    return "FrameHeader[%s, %s]".formatted(key, Sizes.describe(value));
  }
}
