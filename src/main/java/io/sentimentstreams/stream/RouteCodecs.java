package io.sentimentstreams.stream;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.avro.AvroRoute;
import io.sentimentstreams.avro.AvroRoutes;
import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.event.EventFormat;
import io.sentimentstreams.event.EventParser;
import io.sentimentstreams.event.JsonEventCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The codecs of all routes, by their formats; those in Avro are connected to the registry. */
final class RouteCodecs implements AutoCloseable {
  private final Map<String, EventCodec> codecs;
  private final @Nullable AvroRoutes avro;

  private RouteCodecs(Map<String, EventCodec> codecs, @Nullable AvroRoutes avro) {
    this.codecs = codecs;
    this.avro = avro;
  }

  /**
   * Opens them.
   *
   * @throws InvalidInputException where a route is in Avro, and this build has none, or the
   *     registry does not answer
   */
  static RouteCodecs open(StreamSettings settings) {
    AvroRoutes avro = settings.hasAvro() ? AvroRoutes.open(settings.schemaRegistry()) : null;
    try {
      Map<String, EventCodec> codecs = new HashMap<>();
      for (Route route : settings.routes()) {
        codecs.put(
            route.name(),
            route.format() == EventFormat.AVRO && avro != null
                ? avro.codec(avro(route, settings.limits()))
                : json(route, settings.limits()));
      }
      return new RouteCodecs(codecs, avro);
    } catch (RuntimeException | Error refused) {
      if (avro != null) {
        avro.close();
      }
      throw refused;
    }
  }

  /** The codec of a route that is not in Avro. */
  static EventCodec json(Route route, Limits limits) {
    return new JsonEventCodec(
        new EventParser(
            route.format(),
            route.textPointer(),
            route.idPointer(),
            groupPointer(route),
            limits.textBytes(),
            limits.jsonDepth()));
  }

  private static AvroRoute avro(Route route, Limits limits) {
    return new AvroRoute(
        route.name(),
        route.output(),
        route.textPointer(),
        route.idPointer(),
        groupPointer(route),
        limits.textBytes(),
        limits.jsonDepth());
  }

  private static @Nullable String groupPointer(Route route) {
    TrendSettings trends = route.trends();
    return trends == null ? null : trends.pointer();
  }

  /** The codec of a route. */
  EventCodec of(Route route) {
    return Objects.requireNonNull(codecs.get(route.name()), route.name());
  }

  @Override
  public void close() {
    if (avro != null) {
      avro.close();
    }
  }
}
