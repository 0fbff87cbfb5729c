package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterHeaders;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.RecordHeaders;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Kafka records of labelled rows and dead letters: key, timestamp and headers of the
 * input are kept, headers of the application's own follow. Where an input bears such a header
 * already, the last one counts.
 */
final class OutgoingRecords {
  private static final String VALUE_SCHEMA_PREFIX = "apicurio.value.";

  private final String route;
  private final boolean avro;
  private final int maximumBytes;
  private final byte[] model;
  private final byte[] modelVersion;
  private final DeadLetterWriter deadLetters;
  private final Optional<CloudEvents> cloudEvents;

  OutgoingRecords(Route route, ModelInfo model, Limits limits, Optional<CloudEvents> cloudEvents) {
    this.route = route.name();
    this.avro = route.format() == EventFormat.AVRO;
    this.maximumBytes = limits.recordBytes();
    this.model = model.name().getBytes(UTF_8);
    this.modelVersion = model.version().getBytes(UTF_8);
    this.deadLetters = new DeadLetterWriter(limits.valueBytes());
    this.cloudEvents = cloudEvents;
  }

  /** The labelled event, null where it is larger than an output may be. */
  @Nullable Record<byte[], Outgoing> labelled(Frame frame, LabelledRow.Done done) {
    Headers headers = headers(done.row());
    if (avro) {
      removeSchemas(headers);
    }
    SourceHeaders.add(headers, frame.topic(), frame.partition(), done.row().offset());
    headers.add(RecordHeaders.MODEL, model);
    headers.add(RecordHeaders.MODEL_VERSION, modelVersion);
    cloudEvents.ifPresent(with -> with.put(headers, kind(), route, source(frame, done.row())));
    Record<byte[], Outgoing> record = record(frame, done.row(), done.value(), headers);
    return RecordSizes.of(record) > maximumBytes ? null : record;
  }

  private CloudEvents.Kind kind() {
    return avro ? CloudEvents.Kind.LABELLED_IN_AVRO : CloudEvents.Kind.LABELLED;
  }

  /** What Apicurio's serializers say in headers of the input's value is not so of the output's. */
  private static void removeSchemas(Headers headers) {
    List<String> names = new ArrayList<>();
    for (Header header : headers) {
      if (header.key().startsWith(VALUE_SCHEMA_PREFIX)) {
        names.add(header.key());
      }
    }
    names.forEach(headers::remove);
  }

  /** What a labelled event that is too large becomes. */
  LabelledRow.Dead tooLarge(LabelledRow.Done done) {
    Rejected rejected =
        new Rejected(
            RejectionReason.OUTPUT_TOO_LARGE,
            "the labelled event would pass %d bytes".formatted(maximumBytes));
    return new LabelledRow.Dead(done.row(), rejected, null);
  }

  /**
   * The dead letter. Where it is too large, the record loses the event's headers, and then the key,
   * too; its value holds the first bytes of both.
   */
  Record<byte[], Outgoing> deadLetter(Frame frame, LabelledRow.Dead dead) {
    FrameRow row = dead.row();
    EventSource source = source(frame, row);
    DeadLetter letter =
        DeadLetter.ofBeginning(
            dead.rejected(), route, source, row.key(), value(row), contents(row));
    Headers own = new org.apache.kafka.common.header.internals.RecordHeaders();
    DeadLetterHeaders.of(letter, dead.cause())
        .forEach((name, text) -> own.add(name, text.getBytes(UTF_8)));
    Headers all = headers(row);
    own.forEach(all::add);
    for (Headers headers : List.of(all, own)) {
      cloudEvents.ifPresent(with -> with.put(headers, CloudEvents.Kind.DEAD_LETTER, route, source));
    }
    byte[] value = deadLetters.write(letter);
    Record<byte[], Outgoing> whole = record(frame, row, value, all);
    if (RecordSizes.of(whole) <= maximumBytes) {
      return whole;
    }
    Record<byte[], Outgoing> bare = record(frame, row, value, own);
    return RecordSizes.of(bare) <= maximumBytes ? bare : withoutKey(bare);
  }

  // Kafka's interface does not say so, but the key may be null.
  @SuppressWarnings("NullAway")
  private static Record<byte[], Outgoing> withoutKey(Record<byte[], Outgoing> record) {
    return record.withKey(null);
  }

  // As above.
  @SuppressWarnings("NullAway")
  private static Record<byte[], Outgoing> record(
      Frame frame, FrameRow row, byte[] value, Headers headers) {
    // Kafka Streams refuses the -1 of records without timestamp.
    long timestamp = Math.max(0, row.timestamp());
    return new Record<>(row.key(), new Outgoing(value, frame.partition()), timestamp, headers);
  }

  private static EventSource source(Frame frame, FrameRow row) {
    return new EventSource(frame.topic(), frame.partition(), row.offset(), row.timestamp());
  }

  private static Headers headers(FrameRow row) {
    Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();
    for (FrameHeader header : row.headers()) {
      headers.add(header.key(), header.value());
    }
    return headers;
  }

  private static List<DeadLetter.Header> contents(FrameRow row) {
    return row.headers().stream()
        .map(header -> DeadLetter.Header.of(header.key(), header.value()))
        .toList();
  }

  private static DeadLetter.@Nullable Content value(FrameRow row) {
    byte[] value = row.value();
    return value == null ? null : new DeadLetter.Content(value, row.valueSize());
  }
}
