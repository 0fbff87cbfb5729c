package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.metrics.Meters;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RouteModelsTest {
  private final StreamSettings settings = TestSettings.with();
  private final Map<String, FakeLabeller> opened = new HashMap<>();
  private final RouteModels models =
      new RouteModels(
          settings,
          route -> opened.computeIfAbsent(route.name(), name -> new FakeLabeller()),
          new Meters(new SimpleMeterRegistry()),
          TestSlots.samples());

  /** A probe may be on its way when the stream ends. */
  @Test
  void close_whileAModelIsOnLoan_leavesItsClosingToTheBorrower() throws InterruptedException {
    models.load();
    models.place(
        settings.limits(),
        route -> RouteCodecs.json(route, settings.limits()),
        InstantSource.fixed(Instant.EPOCH));
    Route route = settings.routes().get(0);
    FakeLabeller lent = Objects.requireNonNull(opened.remove(route.name()));
    ModelSlot.Lease probe = models.slot(route).lease();

    models.close(Duration.ofSeconds(10));
    assertThat(opened.values()).isNotEmpty().allMatch(model -> model.closed.get());
    assertThat(lent.closed).isFalse();
    probe.close();
    assertThat(lent.closed).isTrue();
  }
}
