package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameCodec;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.batch.MalformedFrameException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Between records and frames: how a frame is known, and what a record that is none becomes. */
final class FrameRecords {
  /** Header that marks a frame; its value is when it was packed, 8 bytes of nanoseconds. */
  static final String HEADER = "sentiment.frame";

  private FrameRecords() {}

  static byte[] packedAt(long nanos) {
    return ByteBuffer.allocate(Long.BYTES).putLong(nanos).array();
  }

  /** When the frame was packed, else the given time: a record that is no frame never waited. */
  static long packedAt(Headers headers, long otherwise) {
    Header header = headers.lastHeader(HEADER);
    byte[] value = header == null ? null : header.value();
    return value == null || value.length != Long.BYTES
        ? otherwise
        : ByteBuffer.wrap(value).getLong();
  }

  /**
   * The record's frame, or the record as a frame of one row.
   *
   * <p>A producer could set the header, too. It would matter only where packing failed, for packed
   * records carry the header inside of a frame; and such a value is taken as a frame only if it is
   * one of its own topic, partition and offset.
   */
  static Frame frame(Record<byte[], byte[]> record, RecordMetadata source) {
    Frame frame = record.headers().lastHeader(HEADER) == null ? null : decoded(record.value());
    if (frame != null && isFrom(source, frame)) {
      return frame;
    }
    FrameRow row =
        new FrameRow(
            source.offset(),
            record.timestamp(),
            record.key(),
            record.value(),
            headers(record.headers()));
    return new Frame(source.topic(), source.partition(), List.of(row));
  }

  private static @Nullable Frame decoded(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      return FrameCodec.decode(value);
    } catch (MalformedFrameException noFrame) {
      return null;
    }
  }

  private static boolean isFrom(RecordMetadata source, Frame frame) {
    return frame.topic().equals(source.topic())
        && frame.partition() == source.partition()
        && frame.rows().get(0).offset() == source.offset();
  }

  static List<FrameHeader> headers(Headers headers) {
    List<FrameHeader> copies = new ArrayList<>();
    for (Header header : headers) {
      copies.add(new FrameHeader(header.key(), header.value()));
    }
    return copies;
  }
}
