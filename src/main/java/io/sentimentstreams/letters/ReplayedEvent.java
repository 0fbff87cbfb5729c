package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.RecordHeaders;
import java.time.Instant;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The event of a letter as it was: key, value, timestamp and headers, the count of its replays
 * among them. It goes to the partition of its number, modulo the topic's, as the stream's outputs
 * do: events of one partition stay together and in order.
 */
final class ReplayedEvent {
  /** As Kafka counts, never less: the record's own fields and its batch's head. */
  private static final int OVERHEAD_BYTES = 128;

  private static final int HEADER_OVERHEAD_BYTES = 10;

  private ReplayedEvent() {}

  /** Whether the letter holds all of its event. */
  static boolean isWhole(DeadLetter letter) {
    return letter.omittedHeaders() == 0
        && isWhole(letter.key())
        && isWhole(letter.value())
        && letter.headers().stream().allMatch(header -> isWhole(header.value()));
  }

  private static boolean isWhole(DeadLetter.@Nullable Content content) {
    return content == null || !content.truncated();
  }

  /**
   * The record.
   *
   * @param now its time; null for the event's own
   */
  static ProducerRecord<byte[], byte[]> of(
      DeadLetter letter, ReplayTarget target, @Nullable Instant now) {
    long own = letter.source().timestamp();
    Long timestamp = now != null ? Long.valueOf(now.toEpochMilli()) : own < 0 ? null : own;
    ProducerRecord<byte[], byte[]> record =
        record(
            target.name(),
            letter.source().partition() % target.partitions(),
            timestamp,
            bytes(letter.key()),
            bytes(letter.value()));
    Headers headers = record.headers();
    for (DeadLetter.Header header : letter.headers()) {
      if (!header.key().equals(RecordHeaders.REPLAY_COUNT)) {
        headers.add(header.key(), bytes(header.value()));
      }
    }
    String count = Integer.toString(ReplayCount.of(letter) + 1);
    headers.add(RecordHeaders.REPLAY_COUNT, count.getBytes(UTF_8));
    return record;
  }

  // Kafka's constructor does not say so, but timestamp, key and value may be null.
  @SuppressWarnings("NullAway")
  private static ProducerRecord<byte[], byte[]> record(
      String topic,
      int partition,
      @Nullable Long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return new ProducerRecord<>(topic, partition, timestamp, key, value);
  }

  private static byte @Nullable [] bytes(DeadLetter.@Nullable Content content) {
    return content == null ? null : content.bytes();
  }

  /** How many bytes a record takes, never fewer than Kafka counts. */
  static long size(ProducerRecord<byte[], byte[]> record) {
    long bytes = OVERHEAD_BYTES + length(record.key()) + length(record.value());
    for (Header header : record.headers()) {
      bytes += HEADER_OVERHEAD_BYTES + header.key().getBytes(UTF_8).length + length(header.value());
    }
    return bytes;
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
  }
}
