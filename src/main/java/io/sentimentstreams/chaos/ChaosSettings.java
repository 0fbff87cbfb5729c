package io.sentimentstreams.chaos;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.ProcessingGuarantee;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What a run is to be.
 *
 * @param length how long events are sent and faults happen
 * @param seed of faults and events
 * @param rate events a second
 * @param instances of the stream, each a process
 * @param partitions of the input and output topics
 * @param model bundle of the route
 * @param folder for the broker's data, settings and logs; made anew
 */
public record ChaosSettings(
    Duration length,
    long seed,
    double rate,
    int instances,
    int partitions,
    ProcessingGuarantee guarantee,
    Path model,
    Path folder) {
  static final String INPUT = "chaos.events";
  static final String OUTPUT = "chaos.labelled";
  static final String DEAD_LETTERS = "chaos.dead-letters";

  /** Kafka's broker allows no shorter session. */
  private static final int SESSION_MILLIS = 6_000;

  public ChaosSettings {
    requireAtLeast("instances", instances, 1);
    requireAtLeast("partitions", partitions, 1);
    if (length.toSeconds() < 20) {
      throw new InvalidInputException(
          "minutes: %s, but faults need 20 seconds at least".formatted(length));
    }
    if (!(rate > 0) || rate > 1e6) {
      throw new InvalidInputException(
          "rate: %s, but must be above 0, up to 1000000".formatted(rate));
    }
  }

  private static void requireAtLeast(String name, int value, int least) {
    if (value < least) {
      throw new InvalidInputException(
          "%s: %d, but must be at least %d".formatted(name, value, least));
    }
  }

  /** The settings file of the instances, and of whoever wants to look at the topics. */
  String streamSettings(String bootstrapServers) {
    return """
        applicationId: chaos
        bootstrapServers: %s
        processingGuarantee: %s
        threads: 1
        deadLetterTopic: %s
        http:
          port: 0
        routes:
          chaos:
            inputs: [%s]
            model: '%s'
            output: %s
        kafka:
          main.consumer.session.timeout.ms: %d
          main.consumer.heartbeat.interval.ms: 1000
          %s
        """
        .formatted(
            bootstrapServers,
            guarantee.code(),
            DEAD_LETTERS,
            INPUT,
            model.toAbsolutePath().toString().replace("'", "''"),
            OUTPUT,
            SESSION_MILLIS,
            guarantee == ProcessingGuarantee.EXACTLY_ONCE_V2
                ? "producer.transaction.timeout.ms: " + SESSION_MILLIS
                : "");
  }
}
