package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.avro.SchemaRegistrySettings;
import io.sentimentstreams.batch.BatchPolicy;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.tracing.TracingSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * All that the stream is told; {@link SettingsLoader} reads it and documents the keys.
 *
 * @param applicationId the consumer group, and the prefix of transactions
 * @param bootstrapServers {@code host:port}, several with commas
 * @param processingGuarantee what a crash may do
 * @param threads stream threads, 1 to 256
 * @param batch largest frame
 * @param linger how long the broker may wait for a frame to fill
 * @param backend what computes the models
 * @param device where
 * @param stage how the threads share a model
 * @param guard what happens when a model fails for everything, or hangs
 * @param routes at least one
 * @param deadLetterTopic topic of the events that cannot be labelled
 * @param controlTopic topic that says which models the routes use
 * @param disagreementTopic topic of the events that a route's shadow labels differently
 * @param shadowTimeout how long a frame waits for its route's shadow
 * @param cloudEvents makes outputs CloudEvents; empty where they are none
 * @param trendTopic topic of the closed windows of routes with trends
 * @param alertTopic topic of the alerts on groups
 * @param limits what an event may weigh
 * @param closeTimeout how long a stop may take
 * @param http where metrics and health are served
 * @param tracing where spans go
 * @param schemaRegistry where the schemas of routes in Avro are
 * @param kafka settings for Kafka's clients as they are, those that the application owns excluded
 */
public record StreamSettings(
    String applicationId,
    String bootstrapServers,
    ProcessingGuarantee processingGuarantee,
    int threads,
    BatchPolicy batch,
    Duration linger,
    BackendKind backend,
    Device device,
    StageSettings stage,
    GuardSettings guard,
    List<Route> routes,
    String deadLetterTopic,
    String controlTopic,
    String disagreementTopic,
    Duration shadowTimeout,
    Optional<CloudEvents> cloudEvents,
    String trendTopic,
    String alertTopic,
    Limits limits,
    Duration closeTimeout,
    HttpSettings http,
    TracingSettings tracing,
    SchemaRegistrySettings schemaRegistry,
    Map<String, String> kafka) {
  /** Each has a stack, a consumer and a producer with its buffers. */
  private static final int MOST_THREADS = 256;

  private static final Duration LONGEST_LINGER = Duration.ofSeconds(10);
  private static final Duration LONGEST_SHADOW_TIMEOUT = Duration.ofSeconds(10);

  public StreamSettings {
    requireText("applicationId", applicationId);
    Topics.require("applicationId", applicationId);
    requireText("bootstrapServers", bootstrapServers);
    if (threads < 1 || threads > MOST_THREADS) {
      throw new InvalidInputException(
          "threads: %d, but must be 1 to %d".formatted(threads, MOST_THREADS));
    }
    requireWithin("linger", linger, LONGEST_LINGER);
    requireWithin("closeTimeout", closeTimeout, Duration.ofDays(1));
    Topics.require("deadLetterTopic", deadLetterTopic);
    routes = List.copyOf(routes);
    Topics.require("controlTopic", controlTopic);
    requireConsistent(routes, deadLetterTopic);
    Topics.require("disagreementTopic", disagreementTopic);
    requireWithin("shadow.timeout", shadowTimeout, LONGEST_SHADOW_TIMEOUT);
    if (shadowTimeout.isZero()) {
      throw new InvalidInputException(
          "shadow.timeout: 0, in which no model answers; give 1ms to 10s");
    }
    requireOwn("controlTopic", controlTopic, routes, deadLetterTopic);
    requireOwn("disagreementTopic", disagreementTopic, routes, deadLetterTopic);
    Topics.require("trendTopic", trendTopic);
    Topics.require("alertTopic", alertTopic);
    requireOwn("trendTopic", trendTopic, routes, deadLetterTopic);
    requireOwn("alertTopic", alertTopic, routes, deadLetterTopic);
    requireDistinct(
        Map.of(
            "controlTopic", controlTopic,
            "disagreementTopic", disagreementTopic,
            "trendTopic", trendTopic,
            "alertTopic", alertTopic));
    requireRegistry(routes, schemaRegistry);
    kafka = Map.copyOf(kafka);
    kafka.keySet().forEach(OwnedKafkaKeys::refuse);
  }

  /** These settings with other limits. */
  StreamSettings with(Limits others) {
    return new StreamSettings(
        applicationId,
        bootstrapServers,
        processingGuarantee,
        threads,
        batch,
        linger,
        backend,
        device,
        stage,
        guard,
        routes,
        deadLetterTopic,
        controlTopic,
        disagreementTopic,
        shadowTimeout,
        cloudEvents,
        trendTopic,
        alertTopic,
        others,
        closeTimeout,
        http,
        tracing,
        schemaRegistry,
        kafka);
  }

  private static void requireText(String key, String value) {
    if (value.isBlank()) {
      throw new InvalidInputException("%s: empty, but a value is needed".formatted(key));
    }
  }

  private static void requireWithin(String key, Duration value, Duration most) {
    if (value.isNegative() || value.compareTo(most) > 0) {
      throw new InvalidInputException("%s: %s, but 0 to %s is needed".formatted(key, value, most));
    }
  }

  /** One reader a topic, and no event that comes back as an input. */
  private static void requireConsistent(List<Route> routes, String deadLetterTopic) {
    if (routes.isEmpty()) {
      throw new InvalidInputException("routes: none, but at least one is needed");
    }
    Map<String, String> readers = new HashMap<>();
    Set<String> names = new HashSet<>();
    for (Route route : routes) {
      if (!names.add(route.name())) {
        throw new InvalidInputException("routes.%s: there are two".formatted(route.name()));
      }
      for (String input : route.inputs()) {
        String other = readers.put(input, route.name());
        if (other != null) {
          throw new InvalidInputException(
              "routes.%s.inputs: topic \"%s\" is an input of route \"%s\" already; one route reads a topic"
                  .formatted(route.name(), input, other));
        }
      }
    }
    for (Route route : routes) {
      requireNoInput("routes.%s.output".formatted(route.name()), route.output(), readers);
      if (route.output().equals(deadLetterTopic)) {
        throw new InvalidInputException(
            "routes.%s.output: topic \"%s\" is the dead-letter topic; give another"
                .formatted(route.name(), deadLetterTopic));
      }
    }
    requireNoInput("deadLetterTopic", deadLetterTopic, readers);
  }

  private static void requireOwn(
      String key, String topic, List<Route> routes, String deadLetterTopic) {
    boolean taken =
        topic.equals(deadLetterTopic)
            || routes.stream()
                .anyMatch(route -> route.output().equals(topic) || route.inputs().contains(topic));
    if (taken) {
      throw new InvalidInputException(
          "%s: topic \"%s\" holds events or outputs; give one of its own".formatted(key, topic));
    }
  }

  private static void requireDistinct(Map<String, String> topics) {
    Map<String, String> keys = new HashMap<>();
    for (Map.Entry<String, String> topic : new TreeMap<>(topics).entrySet()) {
      String other = keys.put(topic.getValue(), topic.getKey());
      if (other != null) {
        throw new InvalidInputException(
            "%s: topic \"%s\" is the %s already; give another"
                .formatted(topic.getKey(), topic.getValue(), other));
      }
    }
  }

  /** Whether any route has trends. */
  public boolean hasTrends() {
    return routes.stream().anyMatch(route -> route.trends() != null);
  }

  /** Whether any route has alerts. */
  public boolean hasAlerts() {
    return routes.stream()
        .map(Route::trends)
        .anyMatch(trends -> trends != null && trends.rules().alert().isPresent());
  }

  /** The input topics of all routes. */
  Set<String> inputs() {
    return routes.stream().flatMap(route -> route.inputs().stream()).collect(Collectors.toSet());
  }

  private static void requireRegistry(List<Route> routes, SchemaRegistrySettings registry) {
    for (Route route : routes) {
      if (route.format() == EventFormat.AVRO && registry.url() == null) {
        throw new InvalidInputException(
            "schemaRegistry.url: missing, but route %s has the format avro; give the address of an Apicurio registry, such as http://localhost:8080/apis/registry/v3"
                .formatted(route.name()));
      }
    }
  }

  /** Whether any route is in Avro. */
  public boolean hasAvro() {
    return routes.stream().anyMatch(route -> route.format() == EventFormat.AVRO);
  }

  /** Whether any route has a second model. */
  public boolean hasShadows() {
    return routes.stream().anyMatch(route -> route.shadow() != null);
  }

  private static void requireNoInput(String key, String topic, Map<String, String> readers) {
    String reader = readers.get(topic);
    if (reader != null) {
      throw new InvalidInputException(
          "%s: topic \"%s\" is an input of route \"%s\", so events would go round; give another"
              .formatted(key, topic, reader));
    }
  }

  /** Names Kafka's settings without their values, which may be secrets. */
  @Override
  public String toString() {
    return "StreamSettings[%s at %s, %s, threads %d, %s, linger %s, backend %s, device %s, %s, %s, %s, dead letters %s, control %s, %s, %s, kafka %s]"
        .formatted(
            applicationId,
            bootstrapServers,
            processingGuarantee,
            threads,
            batch,
            linger,
            backend,
            device,
            stage,
            guard,
            routes,
            deadLetterTopic,
            controlTopic,
            limits,
            http,
            kafka.keySet());
  }
}
