package io.sentimentstreams.stream;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * An output's value, and the partition that its event came from.
 *
 * @param value as it is written; not to be changed
 */
// An array: the bytes go to Kafka as they are, and none is compared.
@SuppressWarnings("ArrayRecordComponent")
record Outgoing(byte[] value, int sourcePartition) {

  /** Writes the value alone. */
  static final class ValueSerializer implements Serializer<Outgoing> {
    @Override
    public byte[] serialize(String topic, Outgoing outgoing) {
      return outgoing.value();
    }
  }

  /**
   * Keyed outputs go where Kafka's default sends the key, so that a key's events stay in order;
   * those without key go to the partition of their event's partition, so that a partition's do.
   */
  static final class Partitioner implements StreamPartitioner<byte[], Outgoing> {
    // Kafka's interface does not say so, but the key may be null.
    @SuppressWarnings("NullAway")
    @Override
    public Optional<Set<Integer>> partitions(
        String topic, byte[] key, Outgoing outgoing, int partitions) {
      return key == null
          ? Optional.of(Set.of(outgoing.sourcePartition() % partitions))
          : Optional.empty();
    }
  }
}
