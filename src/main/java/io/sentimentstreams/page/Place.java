package io.sentimentstreams.page;

/**
 * Where an event is in its topic.
 *
 * @param timestamp milliseconds since the epoch as Kafka states them; -1 where it has none
 */
public record Place(String topic, int partition, long offset, long timestamp) {}
