package io.sentimentstreams.bench;

import java.nio.file.Path;

/**
 * One run of a stream, with topics and a consumer group of its own.
 *
 * @param bootstrapServers the broker
 * @param applicationId the consumer group
 * @param input topic of the events
 * @param output topic of the labelled events
 * @param deadLetters topic of the others
 * @param folder for files of the run
 */
record Job(
    String bootstrapServers,
    String applicationId,
    String input,
    String output,
    String deadLetters,
    Path folder) {}
