package io.sentimentstreams.letters;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads committed records of partitions, one partition after the other, up to a known end. */
final class CommittedRecords {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<byte[], byte[]> consumer;
  private final Duration patience;
  private final LongSupplier nanos;

  /**
   * @param patience how long the broker may bring nothing
   */
  CommittedRecords(Consumer<byte[], byte[]> consumer, Duration patience, LongSupplier nanos) {
    this.consumer = consumer;
    this.patience = patience;
    this.nanos = nanos;
  }

  /**
   * Reads partitions from their beginning to what is their committed end now.
   *
   * @param visitor takes a record, and says whether to go on
   * @throws TimeoutException where the broker falls silent
   */
  void read(List<TopicPartition> partitions, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    // Kafka warns where a partition is asked for that is not assigned.
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (TopicPartition partition : partitions) {
      if (!read(partition, told(begins, partition), told(ends, partition), visitor)) {
        return;
      }
    }
  }

  /** Reads the record at an offset, where there is one that is committed. */
  void readOne(
      TopicPartition partition, long offset, Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    consumer.assign(List.of(partition));
    long begin = told(consumer.beginningOffsets(List.of(partition)), partition);
    long end = told(consumer.endOffsets(List.of(partition)), partition);
    if (offset >= begin && offset < end) {
      read(partition, offset, offset + 1, visitor);
    }
  }

  /** An offset that the consumer tells of each partition it was asked for. */
  private static long told(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return requireNonNull(offsets.get(partition));
  }

  /**
   * Reads one partition between two offsets.
   *
   * @return whether the visitor would go on
   */
  private boolean read(
      TopicPartition partition,
      long from,
      long to,
      Predicate<ConsumerRecord<byte[], byte[]>> visitor) {
    consumer.assign(List.of(partition));
    consumer.seek(partition, from);
    long heard = nanos.getAsLong();
    long position = from;
    while (position < to) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.offset() >= to) {
          return true;
        }
        if (!visitor.test(record)) {
          return false;
        }
      }
      // Transactions leave marks that are no records: the position passes them, too.
      long reached = consumer.position(partition);
      if (reached > position) {
        position = reached;
        heard = nanos.getAsLong();
      } else if (nanos.getAsLong() - heard > patience.toNanos()) {
        throw new TimeoutException("nothing came of " + partition);
      }
    }
    return true;
  }
}
