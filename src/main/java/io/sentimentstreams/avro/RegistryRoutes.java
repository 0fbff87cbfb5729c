package io.sentimentstreams.avro;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.resolver.strategy.ArtifactReference;
import io.apicurio.registry.serde.config.SerdeConfig;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.CodecUnavailableException;
import io.sentimentstreams.event.EventCodec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.apache.avro.Schema;

/** The routes of a build that has Avro and Apicurio's serdes. */
final class RegistryRoutes implements AvroRoutes {
  private static final String PREFIX = "apicurio.registry.";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String url;
  private final RegistrySchemas schemas;
  private final Framing framing;
  private final Schema labelledEvent;

  private RegistryRoutes(
      String url, RegistrySchemas schemas, Framing framing, Schema labelledEvent) {
    this.url = url;
    this.schemas = schemas;
    this.framing = framing;
    this.labelledEvent = labelledEvent;
  }

  static RegistryRoutes open(SchemaRegistrySettings settings) {
    return open(settings, PATIENCE, System::nanoTime);
  }

  /**
   * As {@link AvroRoutes#open}.
   *
   * @param patience how long to wait for an answer of the registry
   * @param nanos as {@link System#nanoTime}
   */
  static RegistryRoutes open(
      SchemaRegistrySettings settings, Duration patience, LongSupplier nanos) {
    String url = Objects.requireNonNull(settings.url());
    Map<String, Object> config = config(settings);
    try {
      return new RegistryRoutes(
          url,
          new RegistrySchemas(url, config, patience, nanos),
          Framing.of(config),
          schema("labelled-event"));
    } catch (RuntimeException refused) {
      throw new InvalidInputException(
          "schemaRegistry.*: " + String.valueOf(refused.getMessage()), refused);
    }
  }

  private static Map<String, Object> config(SchemaRegistrySettings settings) {
    Map<String, Object> config = new HashMap<>();
    config.put(SchemaResolverConfig.AUTO_REGISTER_ARTIFACT, "true");
    // One artifact a topic, which needs no other to be read.
    config.put(SchemaResolverConfig.DEREFERENCE_SCHEMA, "true");
    // Looked up by what it says, however the file that was registered is laid out.
    config.put(SchemaResolverConfig.CANONICALIZE, "true");
    config.put(
        SchemaResolverConfig.ARTIFACT_RESOLVER_STRATEGY,
        SerdeConfig.ARTIFACT_RESOLVER_STRATEGY_DEFAULT);
    config.put(SchemaResolverConfig.HTTP_ADAPTER, "JDK");
    // The stream tries again itself, and is told of each failure.
    config.put(SchemaResolverConfig.RETRY_COUNT, "0");
    settings.properties().forEach((key, value) -> config.put(PREFIX + key, value));
    return config;
  }

  /** A schema that ships with the application. */
  static Schema schema(String name) {
    try (InputStream in = RegistryRoutes.class.getResourceAsStream(name + ".avsc")) {
      return new Schema.Parser().parse(Objects.requireNonNull(in, name));
    } catch (IOException e) {
      throw new UncheckedIOException("schema " + name, e);
    }
  }

  @Override
  public EventCodec codec(AvroRoute route) {
    try {
      ArtifactReference registered = schemas.register(route.output(), labelledEvent);
      return new AvroEventCodec(
          new AvroEventReader(route, schemas, framing),
          schemas,
          labelledEvent,
          framing.begin(registered));
    } catch (CodecUnavailableException refused) {
      throw new InvalidInputException(
          "schemaRegistry.url: %s; route %s needs it for the schema of %s: start the registry, correct %s or schemaRegistry.auth.*, or register topics/schemas/labelled-event.avsc as %s-value"
              .formatted(refused.getMessage(), route.name(), route.output(), url, route.output()),
          refused);
    }
  }

  @Override
  public void close() {
    schemas.close();
  }
}
