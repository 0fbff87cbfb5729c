package io.sentimentstreams.stream;

import io.sentimentstreams.event.EventCodec;
import io.sentimentstreams.metrics.ExplanationMeters;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.page.Samples;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A route's model, with everything that is made for it alone: what labels a frame, what writes the
 * outputs that name the model, the meters of its labels, and what shows them to the page.
 *
 * @param shared the model, held for the route
 */
record RouteModel(
    SharedModel shared,
    FrameLabeller labeller,
    OutgoingRecords records,
    RouteMeters meters,
    RouteTap tap) {

  /**
   * What the routes' models have in common.
   *
   * @param codecs how each route's events are read and written
   */
  record Maker(
      StreamSettings settings,
      Function<Route, EventCodec> codecs,
      Meters meters,
      Samples samples,
      InstantSource clock,
      LongSupplier nanos) {

    /** A route's model of one that is held for it. */
    RouteModel make(Route route, SharedModel shared) {
      Labeller model = shared.labeller();
      RouteMeters routeMeters = meters.route(route.name(), model.labels());
      return new RouteModel(
          shared,
          new FrameLabeller(
              route,
              codecs.apply(route),
              model,
              settings,
              routeMeters,
              meters.drift(route.name(), model.reference()),
              explanations(route),
              clock,
              nanos),
          new OutgoingRecords(route, model.info(), settings.limits(), settings.cloudEvents()),
          routeMeters,
          new RouteTap(route.name(), model.labels(), model.info().version(), samples));
    }

    private Optional<ExplanationMeters> explanations(Route route) {
      return route.explainedTokens() == 0
          ? Optional.empty()
          : Optional.of(meters.explanations(route.name()));
    }
  }
}
