package io.sentimentstreams.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.page.Samples;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Slots with a test's models; closing runs at once. */
final class TestSlots {
  private TestSlots() {}

  /** A slot a route, all with this model, which thinks that it is always the given time. */
  static Function<Route, ModelSlot> of(
      StreamSettings settings,
      Labeller model,
      MeterRegistry registry,
      Instant now,
      LongSupplier nanos) {
    RouteModel.Maker maker = maker(settings, registry, now, nanos);
    Map<String, ModelSlot> slots = new HashMap<>();
    return route ->
        slots.computeIfAbsent(
            route.name(),
            name -> new ModelSlot(maker.make(route, new SharedModel(model, Runnable::run))));
  }

  static RouteModel.Maker maker(
      StreamSettings settings, MeterRegistry registry, Instant now, LongSupplier nanos) {
    return new RouteModel.Maker(
        settings,
        route -> RouteCodecs.json(route, settings.limits()),
        new Meters(registry),
        samples(),
        InstantSource.fixed(now),
        nanos);
  }

  /** None are taken. */
  static Samples samples() {
    return new Samples(0, () -> 0, new Random(1));
  }
}
