package io.sentimentstreams.audit;

import java.time.Instant;
import org.apache.kafka.clients.admin.ProducerState;

/**
 * A transaction on an output partition that has neither been committed nor aborted: readers with
 * {@code read_committed} see nothing behind its first record.
 *
 * @param startOffset of its first record
 * @param lastWrite when its producer last wrote to the partition
 */
public record OpenTransaction(
    Partition output, long producerId, long startOffset, Instant lastWrite) {
  static OpenTransaction of(Partition output, ProducerState producer) {
    return new OpenTransaction(
        output,
        producer.producerId(),
        producer.currentTransactionStartOffset().orElseThrow(),
        Instant.ofEpochMilli(producer.lastTimestamp()));
  }
}
