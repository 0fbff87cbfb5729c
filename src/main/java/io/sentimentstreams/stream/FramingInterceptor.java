package io.sentimentstreams.stream;

import io.sentimentstreams.batch.BatchPolicy;
import io.sentimentstreams.batch.Frame;
import io.sentimentstreams.batch.FrameCodec;
import io.sentimentstreams.batch.FrameRow;
import io.sentimentstreams.batch.Framer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs the records of each poll, partition by partition, into frames: one record each to the
 * topology, so that its processor works on a micro-batch within one {@code process} call and
 * nothing outlives a record. Kafka Streams' own commits are then right as they are.
 *
 * <p>A frame carries the offset of its first row: a commit before its work is done points there.
 * The next offsets of the poll are passed on as they are (KIP-1094).
 *
 * <p>It never throws. A poll that cannot be packed passes as it is, and the topology works on it
 * record by record.
 */
public final class FramingInterceptor implements ConsumerInterceptor<byte[], byte[]> {
  /** In front of this class's own settings. */
  static final String PREFIX = "sentiment.frames.";

  /** Setting: the topics whose records are packed, with commas; all others pass as they are. */
  static final String TOPICS = PREFIX + "topics";

  /** Setting: {@link BatchPolicy#maximumRows}. */
  static final String MAXIMUM_ROWS = PREFIX + "maximum.rows";

  /** Setting: {@link BatchPolicy#maximumBytes}. */
  static final String MAXIMUM_BYTES = PREFIX + "maximum.bytes";

  /** Setting: a value of more bytes than this is not to be worked on, and cut. */
  static final String EVENT_BYTES = PREFIX + "event.bytes";

  /** Setting: bytes that are left of a value that is cut. */
  static final String KEPT_BYTES = PREFIX + "kept.bytes";

  /** Setting, a {@link NarrowFrames}: where rows are packed alone. May be missing. */
  static final String NARROW = PREFIX + "narrow";

  /** Setting, a {@link Runnable}: told of each poll that could not be packed. May be missing. */
  static final String ON_FAILURE = PREFIX + "on.failure";

  private static final Logger LOG = LoggerFactory.getLogger(FramingInterceptor.class);

  private final LongSupplier nanos;
  private final AtomicBoolean warned = new AtomicBoolean();
  private Set<String> topics = Set.of();
  private BatchPolicy policy = new BatchPolicy(1, 1);
  private int eventBytes = Integer.MAX_VALUE;
  private int keptBytes;
  private NarrowFrames narrow = new NarrowFrames();
  private Runnable onFailure = () -> {};

  /** For Kafka, which configures it. */
  public FramingInterceptor() {
    this(System::nanoTime);
  }

  FramingInterceptor(LongSupplier nanos) {
    this.nanos = nanos;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    topics = Set.of(text(configs, TOPICS).split(","));
    policy =
        new BatchPolicy(
            Integer.parseInt(text(configs, MAXIMUM_ROWS)),
            Integer.parseInt(text(configs, MAXIMUM_BYTES)));
    eventBytes = Integer.parseInt(text(configs, EVENT_BYTES));
    keptBytes = Integer.parseInt(text(configs, KEPT_BYTES));
    if (configs.get(NARROW) instanceof NarrowFrames shared) {
      narrow = shared;
    }
    if (configs.get(ON_FAILURE) instanceof Runnable runnable) {
      onFailure = runnable;
    }
  }

  private static String text(Map<String, ?> configs, String key) {
    return Objects.requireNonNull(configs.get(key), key).toString();
  }

  @Override
  public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> polled) {
    try {
      return packed(polled);
    } catch (RuntimeException failure) {
      report(failure);
      return polled;
    }
  }

  private void report(RuntimeException failure) {
    onFailure.run();
    if (warned.compareAndSet(false, true)) {
      LOG.warn(
          "A poll could not be packed into frames; it is worked on row by row. Told once.",
          failure);
    }
  }

  private ConsumerRecords<byte[], byte[]> packed(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty()) {
      return polled;
    }
    long packedAt = nanos.getAsLong();
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> packed = new LinkedHashMap<>();
    for (TopicPartition partition : polled.partitions()) {
      List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
      packed.put(
          partition,
          topics.contains(partition.topic()) ? frames(partition, records, packedAt) : records);
    }
    return new ConsumerRecords<>(packed, polled.nextOffsets());
  }

  private List<ConsumerRecord<byte[], byte[]>> frames(
      TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long packedAt) {
    List<FrameRow> rows = new ArrayList<>(records.size());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      rows.add(row(record));
    }
    List<ConsumerRecord<byte[], byte[]>> frames = new ArrayList<>();
    int first = 0;
    for (List<FrameRow> batch : batches(partition, rows)) {
      Frame frame = new Frame(partition.topic(), partition.partition(), batch);
      frames.add(record(frame, records.get(first), packedAt));
      first += batch.size();
    }
    return frames;
  }

  private List<List<FrameRow>> batches(TopicPartition partition, List<FrameRow> rows) {
    int alone = narrow.aloneOf(partition, rows);
    List<List<FrameRow>> batches = new ArrayList<>();
    for (FrameRow row : rows.subList(0, alone)) {
      batches.add(List.of(row));
    }
    batches.addAll(Framer.split(rows.subList(alone, rows.size()), policy));
    return batches;
  }

  /** A value that is too large does not wait in memory: what its dead letter keeps is enough. */
  private FrameRow row(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    boolean cut = value != null && value.length > eventBytes && value.length > keptBytes;
    return new FrameRow(
        record.offset(),
        record.timestamp(),
        record.key(),
        cut ? Arrays.copyOf(value, keptBytes) : value,
        value == null ? 0 : value.length,
        FrameRecords.headers(record.headers()));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      Frame frame, ConsumerRecord<byte[], byte[]> first, long packedAt) {
    byte[] value = FrameCodec.encode(frame);
    Headers headers = new RecordHeaders();
    headers.add(FrameRecords.HEADER, FrameRecords.packedAt(packedAt));
    return new ConsumerRecord<>(
        frame.topic(),
        frame.partition(),
        first.offset(),
        first.timestamp(),
        first.timestampType(),
        ConsumerRecord.NULL_SIZE,
        value.length,
        null,
        value,
        headers,
        first.leaderEpoch());
  }

  @Override
  public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

  @Override
  public void close() {}
}
