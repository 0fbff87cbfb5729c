package io.sentimentstreams.stream;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** How many bytes an output takes, never fewer than Kafka counts. */
final class RecordSizes {
  /** Attributes, lengths, timestamp and offset of a record, and its batch's head. */
  private static final int OVERHEAD_BYTES = 128;

  /** Lengths of a header's name and value; a character takes up to three bytes. */
  private static final int HEADER_OVERHEAD_BYTES = 10;

  private static final int BYTES_A_CHARACTER = 3;

  private RecordSizes() {}

  static long of(Record<byte[], Outgoing> record) {
    long bytes = OVERHEAD_BYTES + length(record.key()) + length(record.value().value());
    for (Header header : record.headers()) {
      bytes += HEADER_OVERHEAD_BYTES + (long) BYTES_A_CHARACTER * header.key().length();
      bytes += length(header.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
