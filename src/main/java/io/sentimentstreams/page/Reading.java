package io.sentimentstreams.page;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sentimentstreams.metrics.Meters;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the meters say at one moment.
 *
 * @param nanos when, as {@link System#nanoTime}
 * @param routes by name
 */
record Reading(long nanos, Map<String, OfRoute> routes) {

  /** Reads all meters. */
  static Reading of(MeterRegistry registry, long nanos) {
    Map<String, OfRoute> routes = new TreeMap<>();
    for (Meter meter : registry.getMeters()) {
      String route = meter.getId().getTag(Meters.ROUTE);
      if (route != null) {
        routes.computeIfAbsent(route, name -> new OfRoute()).read(meter);
      }
    }
    return new Reading(nanos, routes);
  }

  /** A route's meters. Filled by one thread, and then only read. */
  static final class OfRoute {
    private static final OfRoute NOTHING = new OfRoute();

    private final Map<String, Double> labelled = new TreeMap<>();
    private final Map<String, Double> dead = new TreeMap<>();
    private final Map<String, @Nullable Double> drift = new TreeMap<>();
    private double in;
    private double unaccounted;
    private boolean breakerOpen;
    private double shadowAgreement = Double.NaN;
    private Buckets latency = Buckets.EMPTY;
    private Model model = Model.NONE;

    /** A route that has counted nothing. */
    static OfRoute nothing() {
      return NOTHING;
    }

    private void read(Meter meter) {
      String name = meter.getId().getName();
      switch (name) {
        case Meters.EVENTS_IN -> in = ((Counter) meter).count();
        case Meters.EVENTS_LABELLED -> put(labelled, meter, Meters.LABEL);
        case Meters.EVENTS_DEAD_LETTERED -> put(dead, meter, Meters.REASON);
        case Meters.EVENTS_UNACCOUNTED -> unaccounted = ((Gauge) meter).value();
        case Meters.BREAKER_OPEN -> breakerOpen = ((Gauge) meter).value() > 0;
        case Meters.SHADOW_AGREEMENT -> shadowAgreement = ((Gauge) meter).value();
        case Meters.DRIFT ->
            drift.put(String.valueOf(meter.getId().getTag(Meters.MEASURE)), index(meter));
        case Meters.LATENCY_TOTAL -> latency = Buckets.of((Timer) meter);
        case Meters.MODEL_INFO -> model = Model.of(meter.getId());
        default -> {
          // Not on the page.
        }
      }
    }

    private static @Nullable Double index(Meter meter) {
      double index = ((Gauge) meter).value();
      return Double.isNaN(index) ? null : index;
    }

    private static void put(Map<String, Double> counts, Meter meter, String tag) {
      counts.merge(
          String.valueOf(meter.getId().getTag(tag)), ((Counter) meter).count(), Double::sum);
    }

    double in() {
      return in;
    }

    /** Events by label. */
    Map<String, Double> labelled() {
      return labelled;
    }

    /** Dead letters by reason. */
    Map<String, Double> dead() {
      return dead;
    }

    double unaccounted() {
      return unaccounted;
    }

    boolean breakerOpen() {
      return breakerOpen;
    }

    /** Share of events that the shadow labels alike; no number where there is no shadow. */
    double shadowAgreement() {
      return shadowAgreement;
    }

    /** Population stability index by what is measured; null where there is no number yet. */
    Map<String, @Nullable Double> drift() {
      return drift;
    }

    Buckets latency() {
      return latency;
    }

    Model model() {
      return model;
    }
  }

  /** The model that a route uses; empty names before there is one. */
  record Model(String name, String version, String network, String backend, String device) {
    static final Model NONE = new Model("", "", "", "", "");

    private static Model of(Meter.Id id) {
      return new Model(
          tag(id, Meters.MODEL),
          tag(id, Meters.VERSION),
          tag(id, Meters.NETWORK),
          tag(id, Meters.BACKEND),
          tag(id, Meters.DEVICE));
    }

    private static String tag(Meter.Id id, String name) {
      return String.valueOf(id.getTag(name));
    }
  }
}
