package io.sentimentstreams.stream;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.Disagreement;
import io.sentimentstreams.event.DisagreementWriter;
import io.sentimentstreams.event.EventSource;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka records of disagreements: key and timestamp of the event, and headers that say
 * which event it was.
 *
 * @param maximumBytes of a record; a larger one loses the text, and then the key
 * @param cloudEvents makes them CloudEvents
 */
record DisagreementRecords(int maximumBytes, Optional<CloudEvents> cloudEvents) {

  Record<byte[], Outgoing> record(Frame frame, Disagreement disagreement) {
    byte[] key = key(frame, disagreement.source().offset());
    Record<byte[], Outgoing> whole = record(disagreement, key);
    if (RecordSizes.of(whole) <= maximumBytes) {
      return whole;
    }
    Record<byte[], Outgoing> textless = record(disagreement.withoutText(), key);
    return RecordSizes.of(textless) <= maximumBytes
        ? textless
        : record(disagreement.withoutText(), null);
  }

  private static byte @Nullable [] key(Frame frame, long offset) {
    for (FrameRow row : frame.rows()) {
      if (row.offset() == offset) {
        return row.key();
      }
    }
    throw new IllegalArgumentException("offset %d is not in the frame".formatted(offset));
  }

  // Kafka's constructor does not say so, but the key may be null.
  @SuppressWarnings("NullAway")
  private Record<byte[], Outgoing> record(Disagreement disagreement, byte @Nullable [] key) {
    EventSource source = disagreement.source();
    Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    SourceHeaders.add(headers, source.topic(), source.partition(), source.offset());
    cloudEvents.ifPresent(
        with -> with.put(headers, CloudEvents.Kind.DISAGREEMENT, disagreement.route(), source));
    return new Record<>(
        key,
        new Outgoing(DisagreementWriter.write(disagreement), source.partition()),
        Math.max(0, source.timestamp()),
        headers);
  }
}
