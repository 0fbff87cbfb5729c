package io.sentimentstreams.chaos;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.ProcessingGuarantee;
import io.sentimentstreams.trend.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run is to be.
 *
 * @param length how long faults happen; events are sent as long, and until the stream is over them
 * @param seed of faults and events
 * @param rate events a second
 * @param partitions of the input and output topics
 * @param models bundles that the route uses in turns; the first one at the start
 * @param faults the kinds that come beside the kills
 * @param trends whether events are counted by key and window, too; a few of them come late then
 * @param folder for the brokers' data, settings and logs; made anew
 */
public record ChaosSettings(
    Duration length,
    long seed,
    double rate,
    int partitions,
    ProcessingGuarantee guarantee,
    List<Path> models,
    Set<FaultKind> faults,
    Fleet fleet,
    boolean trends,
    Path folder) {
  static final String ROUTE = "chaos";
  static final String INPUT = "chaos.events";
  static final String OUTPUT = "chaos.labelled";
  static final String DEAD_LETTERS = "chaos.dead-letters";
  static final String TRENDS = "chaos.trends";

  /** Those that events are counted in. */
  static final Windows WINDOWS =
      new Windows(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));

  /** Longer than any outage, so that no event is late but those that were sent so. */
  private static final String TRENDS_IDLE = "60m";

  /** Kafka's broker allows no shorter session. */
  private static final int SESSION_MILLIS = 6_000;

  private static final int HEARTBEAT_MILLIS = 1_000;

  public ChaosSettings {
    models = List.copyOf(models);
    faults = Set.copyOf(faults);
    if (partitions < 1) {
      throw new InvalidInputException(
          "partitions: %d, but must be at least 1".formatted(partitions));
    }
    if (length.toSeconds() < 20) {
      throw new InvalidInputException(
          "minutes: that is %.1f s, but faults need 20 s at least"
              .formatted(length.toMillis() / 1e3));
    }
    if (!(rate > 0) || rate > 1e6) {
      throw new InvalidInputException(
          "rate: %s, but must be above 0, up to 1000000".formatted(rate));
    }
    if (trends && guarantee != ProcessingGuarantee.EXACTLY_ONCE_V2) {
      throw new InvalidInputException(
          "trends: their counts are checked with exactly_once_v2 only; leave one of the two out");
    }
    if (models.isEmpty()) {
      throw new InvalidInputException("model: none, but one is needed");
    }
    if (models.size() < 2 && faults.stream().anyMatch(FaultKind::isOfModels)) {
      throw new InvalidInputException(
          "faults: activation and rollingRestart need a second --model");
    }
  }

  /** The kinds that may be asked for, beside the kills. */
  public static List<FaultKind> kinds() {
    return FaultPlan.KINDS;
  }

  List<Fault> plan() {
    return FaultPlan.of(seed, length, fleet.instances(), fleet.brokers(), faults);
  }

  /** The settings file of the instances, and of whoever wants to look at the topics. */
  String streamSettings(String bootstrapServers, Path model) {
    StringBuilder file =
        new StringBuilder(
            """
            applicationId: chaos
            bootstrapServers: %s
            processingGuarantee: %s
            threads: 1
            deadLetterTopic: %s
            http:
              port: 0
            routes:
              %s:
                inputs: [%s]
                model: '%s'
                output: %s
            """
                .formatted(
                    bootstrapServers,
                    guarantee.code(),
                    DEAD_LETTERS,
                    ROUTE,
                    INPUT,
                    model.toAbsolutePath().toString().replace("'", "''"),
                    OUTPUT));
    if (trends) {
      file.append("    trends: key\n");
      file.append("    trendsWindow: %ds\n".formatted(WINDOWS.size().toSeconds()));
      file.append("    trendsGrace: %ds\n".formatted(WINDOWS.grace().toSeconds()));
      file.append("    trendsIdle: %s\n".formatted(TRENDS_IDLE));
      file.append("trendTopic: %s\n".formatted(TRENDS));
    }
    file.append("kafka:\n");
    if (!fleet.assignedByBroker()) {
      file.append("  main.consumer.session.timeout.ms: %d\n".formatted(SESSION_MILLIS));
      file.append("  main.consumer.heartbeat.interval.ms: %d\n".formatted(HEARTBEAT_MILLIS));
    }
    if (guarantee == ProcessingGuarantee.EXACTLY_ONCE_V2) {
      file.append("  producer.transaction.timeout.ms: %d\n".formatted(SESSION_MILLIS));
    }
    return file.toString();
  }

  /** The same times for groups whose tasks the broker assigns: there they are settings of it. */
  static Map<String, String> brokerSettings() {
    String session = Integer.toString(SESSION_MILLIS);
    String heartbeat = Integer.toString(HEARTBEAT_MILLIS);
    return Map.of(
        "group.streams.min.session.timeout.ms", session,
        "group.streams.session.timeout.ms", session,
        "group.streams.min.heartbeat.interval.ms", heartbeat,
        "group.streams.heartbeat.interval.ms", heartbeat);
  }
}
