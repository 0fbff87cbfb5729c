package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.RecordHeaders;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weighs an event before anything in it is read: its value, key and headers. Thread-safe. */
final class EnvelopeCheck {
  /** Name and value of the header that counts replays. */
  private static final int REPLAY_COUNT_BYTES =
      RecordHeaders.REPLAY_COUNT.length() + Integer.toString(Integer.MAX_VALUE).length();

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

  /** The count of its replays is none of the event's own headers: it would refuse a replay. */
  private @Nullable Rejected rejectHeaders(FrameRow row) {
    List<FrameHeader> headers = row.headers();
    boolean replayed =
        headers.stream().anyMatch(header -> header.key().equals(RecordHeaders.REPLAY_COUNT));
    int count = headers.size() - (replayed ? 1 : 0);
    if (count > limits.headers()) {
      return rejected(
          RejectionReason.HEADERS_TOO_LARGE,
          "the event has %d headers, the limit is %d",
          count,
          limits.headers());
    }
    long bytes = 0;
    for (FrameHeader header : headers) {
      byte[] value = header.value();
      bytes += header.key().getBytes(UTF_8).length + (value == null ? 0L : value.length);
    }
    if (bytes > limits.headerBytes() + (replayed ? REPLAY_COUNT_BYTES : 0)) {
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
