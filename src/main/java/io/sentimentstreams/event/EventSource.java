package io.sentimentstreams.event;

/**
 * Where an event came from.
 *
 * @param topic its input topic
 * @param partition 0 or more
 * @param offset 0 or more
 * @param timestamp milliseconds since the epoch as Kafka states them, -1 where it has none
 */
public record EventSource(String topic, int partition, long offset, long timestamp) {}
