package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.metrics.FrameTally;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.web.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StateReaderTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Meters meters = new Meters(metrics.registry());
  private final RouteMeters tweets =
      meters.route("tweets", new Labels(List.of("negative", "positive")));
  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
  private Health ready = Health.up();
  private final StateReader reader =
      new StateReader(
          metrics.registry(),
          new StateReader.Source(Health::up, () -> ready, () -> Map.of("tweets-0", 7L)),
          InstantSource.fixed(Instant.ofEpochMilli(5)),
          nanos::get);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void rates_ofSteadyEvents_areThoseEvents() {
    State state = reader.read();
    for (int second = 0; second < 20; second++) {
      frame(30, 10, 2, Duration.ofMillis(4));
      state = nextSecond();
    }
    State.OfRoute route = state.routes().get(0);
    assertThat(route.in()).isEqualTo(42);
    assertThat(route.labelled()).isEqualTo(40);
    assertThat(route.dead()).isEqualTo(2);
    assertThat(route.totals().in()).isEqualTo(840);
    assertThat(route.totals().labels()).isEqualTo(Map.of("negative", 600L, "positive", 200L));
    assertThat(route.totals().reasons()).isEqualTo(Map.of("tombstone", 40L));
    assertThat(Objects.requireNonNull(reader.lastSecond()).routes().get("tweets"))
        .isEqualTo(new State.Counts(42, 2, Map.of("negative", 30L, "positive", 10L)));
  }

  @Test
  void latency_isOfTheLastSecondsAlone() {
    reader.read();
    for (int second = 0; second < 12; second++) {
      frame(1, 0, 0, Duration.ofMillis(700));
      nextSecond();
    }
    State state = nextSecond();
    for (int second = 0; second < 11; second++) {
      frame(1, 0, 0, Duration.ofMillis(4));
      state = nextSecond();
    }
    State.Latency latency = Objects.requireNonNull(state.routes().get(0).latency());
    assertThat(latency.p50()).isBetween(2.5, 5.0);
    assertThat(latency.p99()).isBetween(2.5, 5.0);
  }

  @Test
  void nothing_whereNothingComes_isZeroWithoutLatency() {
    reader.read();
    State state = nextSecond();
    State.OfRoute route = state.routes().get(0);
    assertThat(route.in()).isZero();
    assertThat(route.latency()).isNull();
    assertThat(state.lag()).isEqualTo(Map.of("tweets-0", 7L));
  }

  @Test
  void reasons_ofAStreamThatIsNotReady_areToldWithTheModelInUse() {
    meters.model("tweets", "conv", "abc123", "conv1d", "compiled", "cpu");
    meters.breaker("tweets", () -> true);
    ready = Health.down("loading");
    State state = reader.read();
    assertThat(state.live()).isTrue();
    assertThat(state.ready()).isFalse();
    assertThat(state.reasons()).containsExactly("loading");
    assertThat(state.routes().get(0).breakerOpen()).isTrue();
    assertThat(state.routes().get(0).model())
        .isEqualTo(new Reading.Model("conv", "abc123", "conv1d", "compiled", "cpu"));
  }

  @Test
  void seconds_ofALongTime_areThoseOfFiveMinutes() {
    for (int second = 0; second < 400; second++) {
      nextSecond();
    }
    assertThat(reader.seconds()).hasSize(300);
  }

  @Test
  void quantile_withinABucket_isInterpolated() {
    Buckets buckets = new Buckets(new double[] {10, 20, 40}, new double[] {0, 10, 20}, 20);
    assertThat(buckets.quantile(0.25)).isCloseTo(15, within(1e-9));
    assertThat(buckets.quantile(0.5)).isCloseTo(20, within(1e-9));
    assertThat(buckets.quantile(0.75)).isCloseTo(30, within(1e-9));
    assertThat(new Buckets(new double[] {10}, new double[] {0}, 3).quantile(0.5)).isEqualTo(10);
    assertThat(Buckets.EMPTY.quantile(0.5)).isNaN();
  }

  private State nextSecond() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    return reader.read();
  }

  private void frame(int negative, int positive, int dead, Duration latency) {
    try (FrameTally tally = tweets.begin(negative + positive + dead)) {
      for (int i = 0; i < negative; i++) {
        tally.labelled(0);
      }
      for (int i = 0; i < positive; i++) {
        tally.labelled(1);
      }
      for (int i = 0; i < dead; i++) {
        tally.deadLettered(RejectionReason.TOMBSTONE);
      }
      tally.done();
    }
    tweets.finishedIn(latency.toNanos());
  }
}
