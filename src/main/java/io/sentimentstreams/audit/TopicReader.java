package io.sentimentstreams.audit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions from given offsets up to given offsets. For one thread. */
final class TopicReader implements AutoCloseable {
  private final Consumer<byte[], byte[]> consumer;
  private final Listener listener;
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();
  private final Map<TopicPartition, Long> aims = new HashMap<>();
  private long records;

  /** Is told what was read. */
  interface Listener {
    void read(Partition partition, ConsumerRecord<byte[], byte[]> record);

    /** All records below this offset were read. */
    void readTo(Partition partition, long offset);

    /** The records between went away before they were read. */
    void gone(Partition partition, long from, long to);
  }

  /**
   * A reader of these partitions.
   *
   * @param consumer closed with this reader; it must not choose offsets by itself
   */
  TopicReader(Consumer<byte[], byte[]> consumer, Map<Partition, Long> starts, Listener listener) {
    this.consumer = consumer;
    this.listener = listener;
    starts.keySet().forEach(partition -> partitions.put(kafka(partition), partition));
    consumer.assign(partitions.keySet());
    starts.forEach((partition, offset) -> consumer.seek(kafka(partition), offset));
    consumer.pause(partitions.keySet());
  }

  /** Where reading ends. It may be called again, with later ends. */
  void aimAt(Map<Partition, Long> ends) {
    ends.forEach(
        (partition, end) -> {
          aims.put(kafka(partition), end);
          consumer.resume(Set.of(kafka(partition)));
        });
    rest();
  }

  boolean isDone() {
    return aims.isEmpty();
  }

  /** Records read so far. */
  long records() {
    return records;
  }

  /**
   * Reads what comes within this time, or the first of it.
   *
   * @return whether it came any further
   */
  boolean poll(Duration atMost) {
    long before = progress();
    try {
      ConsumerRecords<byte[], byte[]> polled = consumer.poll(atMost);
      for (TopicPartition partition : polled.partitions()) {
        Partition own = partition(partition);
        List<ConsumerRecord<byte[], byte[]>> ofPartition = polled.records(partition);
        ofPartition.forEach(record -> listener.read(own, record));
        records += ofPartition.size();
      }
    } catch (OffsetOutOfRangeException retention) {
      retention.offsetOutOfRangePartitions().forEach(this::skip);
    }
    rest();
    return progress() != before;
  }

  /** Another number as soon as anything was read, markers of transactions included. */
  private long progress() {
    return records + aims.keySet().stream().mapToLong(consumer::position).sum();
  }

  /** Goes on at the first record that is left. */
  private void skip(TopicPartition partition, long missed) {
    Long first = consumer.beginningOffsets(Set.of(partition)).get(partition);
    if (first == null || first <= missed) {
      throw new IllegalStateException(
          "%s ends before offset %d: the topic was made anew while it was read"
              .formatted(partition, missed));
    }
    listener.gone(partition(partition), missed, first);
    consumer.seek(partition, first);
  }

  /** Rests partitions that have been read to their end. */
  private void rest() {
    aims.entrySet()
        .removeIf(
            aim -> {
              long position = consumer.position(aim.getKey());
              listener.readTo(partition(aim.getKey()), position);
              boolean done = position >= aim.getValue();
              if (done) {
                consumer.pause(Set.of(aim.getKey()));
              }
              return done;
            });
  }

  private Partition partition(TopicPartition partition) {
    Partition own = partitions.get(partition);
    if (own == null) {
      throw new IllegalStateException(partition + " was not asked for");
    }
    return own;
  }

  private static TopicPartition kafka(Partition partition) {
    return new TopicPartition(partition.topic(), partition.number());
  }

  @Override
  public void close() {
    consumer.close();
  }
}
