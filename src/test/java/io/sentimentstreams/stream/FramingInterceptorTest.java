package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameCodec;
import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FramingInterceptorTest {
  private static final long NOW = 123_456_789_012L;
  private static final TopicPartition TWEETS = new TopicPartition("tweets", 1);
  private static final TopicPartition OTHER = new TopicPartition("other", 0);

  private final AtomicInteger failures = new AtomicInteger();
  private final NarrowFrames narrow = new NarrowFrames();
  private final FramingInterceptor interceptor = new FramingInterceptor(() -> NOW);

  @BeforeEach
  void configure() {
    interceptor.configure(
        Map.of(
            FramingInterceptor.TOPICS,
            "reviews,tweets",
            FramingInterceptor.MAXIMUM_ROWS,
            3,
            FramingInterceptor.MAXIMUM_BYTES,
            "1000",
            FramingInterceptor.EVENT_BYTES,
            "40",
            FramingInterceptor.KEPT_BYTES,
            5,
            FramingInterceptor.NARROW,
            narrow,
            FramingInterceptor.ON_FAILURE,
            (Runnable) failures::incrementAndGet));
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "4, 2", "7, 3"})
  void poll_ofListedTopic_isPackedInOrder(int records, int frames) {
    ConsumerRecords<byte[], byte[]> polled = poll(TWEETS, records(TWEETS, records));
    ConsumerRecords<byte[], byte[]> packed = interceptor.onConsume(polled);
    assertThat(packed.count()).isEqualTo(frames);
    List<FrameRow> rows = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : packed) {
      Frame frame = FrameCodec.decode(record.value());
      assertThat(record.offset()).isEqualTo(frame.rows().get(0).offset());
      assertThat(record.topic()).isEqualTo("tweets").isEqualTo(frame.topic());
      assertThat(record.partition()).isEqualTo(1).isEqualTo(frame.partition());
      assertThat(record.leaderEpoch()).hasValue(7);
      assertThat(FrameRecords.packedAt(record.headers(), 0)).isEqualTo(NOW);
      rows.addAll(frame.rows());
    }
    assertThat(rows).containsExactlyElementsOf(expectedRows(records));
    assertThat(packed.nextOffsets()).isEqualTo(polled.nextOffsets());
    assertThat(failures).hasValue(0);
  }

  @Test
  void rows_ofAFrameThatTookTooLong_arePackedAlone() {
    narrow.narrow(new Frame("tweets", 1, expectedRows(2)));

    ConsumerRecords<byte[], byte[]> packed =
        interceptor.onConsume(poll(TWEETS, records(TWEETS, 7)));

    List<List<FrameRow>> frames = new ArrayList<>();
    packed.forEach(record -> frames.add(FrameCodec.decode(record.value()).rows()));
    List<FrameRow> rows = expectedRows(7);
    assertThat(frames)
        .containsExactly(
            rows.subList(0, 1), rows.subList(1, 2), rows.subList(2, 5), rows.subList(5, 7));
    assertThat(packed).extracting(ConsumerRecord::offset).containsExactly(10L, 12L, 14L, 20L);
  }

  @Test
  void poll_ofOtherTopic_passesAsItIs() {
    List<ConsumerRecord<byte[], byte[]>> records = records(OTHER, 5);
    assertThat(interceptor.onConsume(poll(OTHER, records)).records(OTHER))
        .containsExactlyElementsOf(records);
  }

  @Test
  void poll_withoutRecords_passesAsItIs() {
    ConsumerRecords<byte[], byte[]> polled = new ConsumerRecords<>(Map.of(), Map.of());
    assertThat(interceptor.onConsume(polled)).isSameAs(polled);
  }

  @Test
  void value_tooLargeToBeWorkedOn_isCutAndItsSizeKept() {
    FrameRow whole = new FrameRow(1, 0, null, new byte[40], List.of());
    FrameRow large = new FrameRow(2, 0, bytes("key"), new byte[41], List.of());
    ConsumerRecords<byte[], byte[]> polled =
        poll(TWEETS, List.of(record(TWEETS, whole), record(TWEETS, large)));

    ConsumerRecord<byte[], byte[]> frame = interceptor.onConsume(polled).iterator().next();

    assertThat(FrameCodec.decode(frame.value()).rows())
        .containsExactly(whole, new FrameRow(2, 0, bytes("key"), new byte[5], 41, List.of()));
  }

  @Test
  void poll_thatCannotBePacked_passesAsItIsAndIsCounted() {
    List<ConsumerRecord<byte[], byte[]>> descending = new ArrayList<>(records(TWEETS, 3));
    Collections.reverse(descending);
    ConsumerRecords<byte[], byte[]> polled = poll(TWEETS, descending);
    assertThat(interceptor.onConsume(polled)).isSameAs(polled);
    assertThat(interceptor.onConsume(polled)).isSameAs(polled);
    assertThat(failures).hasValue(2);
  }

  private static ConsumerRecords<byte[], byte[]> poll(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
    return new ConsumerRecords<>(
        Map.of(partition, records), Map.of(partition, new OffsetAndMetadata(4711)));
  }

  /** Offsets with gaps, as compaction and transactions leave them. */
  private static List<ConsumerRecord<byte[], byte[]>> records(TopicPartition partition, int count) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (FrameRow row : expectedRows(count)) {
      records.add(record(partition, row));
    }
    return records;
  }

  private static ConsumerRecord<byte[], byte[]> record(TopicPartition partition, FrameRow row) {
    RecordHeaders headers = new RecordHeaders();
    row.headers().forEach(header -> headers.add(header.key(), header.value()));
    return new ConsumerRecord<>(
        partition.topic(),
        partition.partition(),
        row.offset(),
        row.timestamp(),
        TimestampType.CREATE_TIME,
        0,
        0,
        row.key(),
        row.value(),
        headers,
        Optional.of(7));
  }

  private static List<FrameRow> expectedRows(int count) {
    List<FrameRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          new FrameRow(
              10 + 2L * i,
              1000 - i,
              i % 2 == 0 ? null : bytes("key" + i),
              i % 3 == 0 ? null : bytes("value" + i),
              List.of(new FrameHeader("h", bytes("1")), new FrameHeader("h", null))));
    }
    return rows;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
