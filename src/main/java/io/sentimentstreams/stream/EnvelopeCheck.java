package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import org.jspecify.annotations.Nullable;

/** Weighs an event before anything in it is read: its value, key and headers. Thread-safe. */
final class EnvelopeCheck {
  private final Limits limits;

  EnvelopeCheck(Limits limits) {
    this.limits = limits;
  }

  /** What is too large, null where nothing is. A tombstone is one whatever it weighs. */
  @Nullable Rejected reject(FrameRow row) {
    if (row.value() == null) {
      return null;
    }
    if (row.valueSize() > limits.eventBytes()) {
      return rejected(
          RejectionReason.EVENT_TOO_LARGE,
          "the value has %d bytes, the limit is %d",
          row.valueSize(),
          limits.eventBytes());
    }
    byte[] key = row.key();
    if (key != null && key.length > limits.keyBytes()) {
      return rejected(
          RejectionReason.KEY_TOO_LARGE,
          "the key has %d bytes, the limit is %d",
          key.length,
          limits.keyBytes());
    }
    return rejectHeaders(row);
  }

  private @Nullable Rejected rejectHeaders(FrameRow row) {
    int count = row.headers().size();
    if (count > limits.headers()) {
      return rejected(
          RejectionReason.HEADERS_TOO_LARGE,
          "the event has %d headers, the limit is %d",
          count,
          limits.headers());
    }
    long bytes = 0;
    for (FrameHeader header : row.headers()) {
      byte[] value = header.value();
      bytes += header.key().getBytes(UTF_8).length + (value == null ? 0L : value.length);
    }
    if (bytes > limits.headerBytes()) {
      return rejected(
          RejectionReason.HEADERS_TOO_LARGE,
          "names and values of the headers have %d bytes, the limit is %d",
          bytes,
          limits.headerBytes());
    }
    return null;
  }

  private static Rejected rejected(RejectionReason reason, String detail, long found, int limit) {
    return new Rejected(reason, detail.formatted(found, limit));
  }
}
