package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.avro.SchemaRegistrySettings;
import io.sentimentstreams.batch.BatchPolicy;
import io.sentimentstreams.batch.JoinPolicy;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.model.BackendKind;
import io.sentimentstreams.model.Device;
import io.sentimentstreams.tracing.TracingSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the settings of the stream. Later ones win: the defaults, the file, the environment, the
 * command line.
 *
 * <ul>
 *   <li>Keys are the same everywhere: {@code batch.maximumRows} is nested in YAML, and stands as it
 *       is in a properties file and in {@code --set batch.maximumRows=64}.
 *   <li>Environment variables are {@code SENTIMENT_} and the key in upper case, an underscore for
 *       each dot, hyphen and capital: {@code SENTIMENT_BATCH_MAXIMUM_ROWS}, {@code
 *       SENTIMENT_ROUTES_TWEETS_MODEL}. {@code SENTIMENT_KAFKA_SECURITY_PROTOCOL} is {@code
 *       kafka.security.protocol}.
 *   <li>{@code kafka.*} goes to Kafka's clients as it is, with Kafka Streams' prefixes where only
 *       one of them is meant: {@code kafka.producer.compression.type}, {@code
 *       kafka.main.consumer.max.poll.interval.ms}. Keys that the application owns are refused.
 *   <li>{@code schemaRegistry.*} goes to Apicurio's serdes, which name it {@code
 *       apicurio.registry.*}, as far as {@link SchemaRegistrySettings#KEYS} has it.
 *   <li>The routes {@code tweets} and {@code reviews} are there by default; a file that names any
 *       route replaces both. The environment and the command line change or add routes.
 *   <li>A relative model path in a file starts at the file's folder, elsewhere at the working
 *       folder. {@code idPointer: none} is for events without id.
 * </ul>
 */
public final class SettingsLoader {
  private static final Map<String, String> SHIPPED_ROUTES =
      Map.of(
          "routes.tweets.model", "models/tweets-bilstm",
          "routes.reviews.model", "models/reviews-bilstm");

  /** The value of a setting that is turned off. */
  static final String NONE = "none";

  private static final Set<String> WEB = Set.of("http", "https");

  /** Of a route's events, for its shadow. */
  private static final double DEFAULT_SHARE = 0.1;

  /** Where options and {@code --set} are from. */
  public static final String COMMAND_LINE = "command line";

  private SettingsLoader() {}

  /**
   * Reads and checks.
   *
   * @param file {@code .yaml}, {@code .yml} or {@code .properties}; null for none
   * @param environment the process's variables, of which those in {@code SENTIMENT_} count
   * @param overrides keys and values of the command line
   * @throws InvalidInputException for an unknown key, with the nearest known one, or a value that
   *     cannot be
   */
  public static StreamSettings load(
      @Nullable Path file, Map<String, String> environment, Map<String, String> overrides) {
    return loadToShow(file, environment, overrides, COMMAND_LINE).settings();
  }

  /**
   * As {@link #load}, with where each setting is from.
   *
   * @param overriding where the overrides are from, in words
   */
  public static LoadedSettings loadToShow(
      @Nullable Path file,
      Map<String, String> environment,
      Map<String, String> overrides,
      String overriding) {
    SettingsLayers layers = new SettingsLayers();
    if (file != null) {
      layers.putFile(file, SettingsFile.read(file));
    }
    if (!layers.hasRoutes()) {
      layers.putDefaults(SHIPPED_ROUTES);
    }
    layers.putEnvironment(environment);
    layers.putAll(overrides, overriding);
    StreamSettings settings = settings(layers);
    return new LoadedSettings(settings, layers.shown()); // with the defaults that were read
  }

  private static StreamSettings settings(SettingsLayers layers) {
    return new StreamSettings(
        layers.text(Setting.APPLICATION_ID),
        layers.text(Setting.BOOTSTRAP_SERVERS),
        ProcessingGuarantee.parse(
            Setting.PROCESSING_GUARANTEE, layers.text(Setting.PROCESSING_GUARANTEE)),
        layers.integer(Setting.THREADS),
        new BatchPolicy(
            layers.integer(Setting.MAXIMUM_ROWS), layers.integer(Setting.MAXIMUM_BYTES)),
        layers.duration(Setting.LINGER),
        layers.parsed(Setting.BACKEND, BackendKind::parse),
        layers.parsed(Setting.DEVICE, Device::parse),
        new StageSettings(
            layers.parsed(Setting.STAGE_JOIN, StageJoin::parse),
            new JoinPolicy(
                layers.integer(Setting.STAGE_MAXIMUM_ROWS),
                layers.duration(Setting.STAGE_MAXIMUM_WAIT))),
        new GuardSettings(
            layers.duration(Setting.MODEL_TIMEOUT),
            layers.integer(Setting.BREAKER_RETRIES),
            layers.duration(Setting.BREAKER_BACK_OFF),
            layers.duration(Setting.BREAKER_LONGEST_BACK_OFF)),
        layers.routeNames().stream().map(name -> route(layers, name)).toList(),
        layers.text(Setting.DEAD_LETTER_TOPIC),
        layers.text(Setting.CONTROL_TOPIC),
        layers.text(Setting.DISAGREEMENT_TOPIC),
        layers.duration(Setting.SHADOW_TIMEOUT),
        cloudEvents(layers.text(Setting.CLOUD_EVENTS_SOURCE)),
        layers.text(Setting.TREND_TOPIC),
        layers.text(Setting.ALERT_TOPIC),
        new Limits(
            layers.integer(Setting.TEXT_BYTES),
            layers.integer(Setting.EVENT_BYTES),
            layers.integer(Setting.KEY_BYTES),
            layers.integer(Setting.HEADERS),
            layers.integer(Setting.HEADER_BYTES),
            layers.integer(Setting.JSON_DEPTH),
            layers.integer(Setting.VALUE_BYTES),
            layers.integer(Setting.RECORD_BYTES)),
        layers.duration(Setting.CLOSE_TIMEOUT),
        new HttpSettings(
            layers.text(Setting.HTTP_HOST),
            layers.integer(Setting.HTTP_PORT),
            layers.bool(Setting.HTTP_PAGE),
            layers.integer(Setting.HTTP_SAMPLES)),
        new TracingSettings(
            layers.parsed(Setting.TRACING_ENDPOINT, SettingsLoader::endpoint),
            layers.share(Setting.TRACING_SAMPLE, 1)),
        new SchemaRegistrySettings(layers.under(Setting.SCHEMA_REGISTRY)),
        layers.under(Setting.KAFKA));
  }

  private static Optional<URI> endpoint(String text) {
    if (text.equals(NONE)) {
      return Optional.empty();
    }
    try {
      URI endpoint = new URI(text);
      if (endpoint.getHost() != null && WEB.contains(String.valueOf(endpoint.getScheme()))) {
        return Optional.of(endpoint);
      }
    } catch (URISyntaxException noAddress) {
      throw wrongEndpoint(noAddress);
    }
    throw wrongEndpoint(null);
  }

  private static InvalidInputException wrongEndpoint(@Nullable Throwable cause) {
    return new InvalidInputException(
        "no address of OTLP over HTTP: give one such as http://localhost:4318/v1/traces, or none",
        cause);
  }

  private static Optional<CloudEvents> cloudEvents(String source) {
    return source.equals(NONE) ? Optional.empty() : Optional.of(new CloudEvents(source));
  }

  private static Route route(SettingsLayers layers, String name) {
    String prefix = Setting.ROUTES + name + ".";
    String idPointer = layers.text(prefix + Setting.ID_POINTER, EventParser.DEFAULT_ID_POINTER);
    return new Route(
        name,
        topics(layers.text(prefix + Setting.INPUTS, name)),
        layers.path(prefix + Setting.MODEL),
        layers.text(prefix + Setting.OUTPUT, name + ".sentiment"),
        EventFormat.parse(layers.text(prefix + Setting.FORMAT, "json")),
        layers.text(prefix + Setting.TEXT_POINTER, EventParser.DEFAULT_TEXT_POINTER),
        idPointer.equals(NONE) ? null : idPointer,
        layers.bool(prefix + Setting.INCLUDE_TEXT),
        layers.switchOrCount(prefix + Setting.EXPLAIN, Route.MAXIMUM_EXPLAINED_TOKENS),
        shadow(layers, prefix),
        RouteTrendSettings.read(layers, prefix));
  }

  private static @Nullable Shadow shadow(SettingsLayers layers, String prefix) {
    String share = prefix + Setting.SHADOW_SHARE;
    if (!layers.has(prefix + Setting.SHADOW)) {
      if (layers.has(share)) {
        throw new InvalidInputException(
            "%s: a share of what? %s, the second model, is missing"
                .formatted(share, prefix + Setting.SHADOW));
      }
      return null;
    }
    return new Shadow(layers.path(prefix + Setting.SHADOW), layers.share(share, DEFAULT_SHARE));
  }

  private static List<String> topics(String commaSeparated) {
    return Arrays.stream(commaSeparated.split(",", -1))
        .map(String::strip)
        .filter(topic -> !topic.isEmpty())
        .toList();
  }
}
