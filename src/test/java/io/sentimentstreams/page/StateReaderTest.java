package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.metrics.Drift;
import io.sentimentstreams.metrics.FrameTally;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.trend.Tally;
import io.sentimentstreams.trend.Trend;
import io.sentimentstreams.web.Health;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StateReaderTest {
  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final Meters meters = new Meters(metrics.registry());
  private final RouteMeters tweets =
      meters.route("tweets", new Labels(List.of("negative", "positive")));
  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(1).toNanos());
  private final Groups groups = new Groups();
  private Health ready = Health.up();
  private final StateReader reader =
      new StateReader(
          metrics.registry(),
          new StateReader.Source(Health::up, () -> ready, () -> Map.of("tweets-0", 7L), groups),
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
  void rates_ofAHundredThousandEventsASecond_areExact() {
    State state = reader.read();
    for (int second = 0; second < 10; second++) {
      for (int frame = 0; frame < 400; frame++) {
        frame(100, 149, 1, Duration.ofMillis(4));
      }
      state = nextSecond();
    }
    State.OfRoute route = state.routes().get(0);
    assertThat(route.in()).isEqualTo(100_000);
    assertThat(route.labelled()).isEqualTo(99_600);
    assertThat(route.dead()).isEqualTo(400);
    assertThat(route.totals().in()).isEqualTo(1_000_000);
    assertThat(Objects.requireNonNull(reader.lastSecond()).routes().get("tweets"))
        .isEqualTo(
            new State.Counts(100_000, 400, Map.of("negative", 40_000L, "positive", 59_600L)));
  }

  @Test
  void drift_ofAModelThatHasAReference_isToldByMeasure() {
    assertThat(reader.read().routes().get(0).drift()).isEmpty();
    EncodedText text = new EncodedText(new int[] {1}, 1, 0);
    Prediction prediction = Prediction.of(new float[] {0.6f, 0.4f});
    List<EncodedText> texts = Collections.nCopies(1_000, text);
    List<Prediction> predictions = Collections.nCopies(1_000, prediction);
    Drift drift =
        meters.drift("tweets", Reference.of("validation", 2, texts, predictions)).orElseThrow();
    assertThat(nextSecond().routes().get(0).drift())
        .containsOnlyKeys("unknown", "length", "score", "label")
        .containsEntry("label", null);

    drift.add(texts, predictions);
    assertThat(nextSecond().routes().get(0).drift())
        .allSatisfy((measure, index) -> assertThat(index).isCloseTo(0, within(0.01)));
  }

  @Test
  void groups_ofTrends_areInTheState() {
    Tally tally = new Tally(new TreeMap<>(Map.of("negative", 1L)), 500_000, 1, 0);
    groups.closed("tweets", "airline", new Trend(0, 10, tally, Tally.NONE));
    assertThat(reader.read().groups()).isEqualTo(groups.top()).hasSize(1);
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
