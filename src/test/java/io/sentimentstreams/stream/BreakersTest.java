package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.BreakerOpenException;
import io.sentimentstreams.batch.CallTimedOutException;
import io.sentimentstreams.batch.CallsExhaustedException;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.text.EncodedText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class BreakersTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong();
  private final Queue<String> told = new ConcurrentLinkedQueue<>();
  private final StreamSettings settings = TestSettings.with();
  private final FakeLabeller model = new FakeLabeller();
  private final GuardedLabeller guarded =
      new GuardedLabeller(
          model, Duration.ofSeconds(4), new Meters(registry).stage("fake"), System::nanoTime);
  private final Function<Route, ModelSlot> slots =
      TestSlots.of(settings, guarded, registry, Instant.EPOCH, nanos::get);
  private final Breakers breakers =
      new Breakers(
          new GuardSettings(Duration.ofSeconds(1), 0, Duration.ofMillis(1), Duration.ofMillis(1)),
          new Meters(registry),
          new Breakers.Consumption() {
            @Override
            public void pause() {
              told.add("pause");
            }

            @Override
            public void resume() {
              told.add("resume");
            }

            @Override
            public void stop(Throwable cause) {
              told.add("stop");
            }
          },
          new NarrowFrames(),
          new Pauses(),
          nanos::get,
          new SplittableRandom(1));

  @AfterEach
  void close() {
    model.unhang();
    breakers.close();
  }

  @Test
  void routes_ofAModelThatFails_pauseOnceAndResumeAfterTheLast() {
    RouteGuard first = guard(0);
    RouteGuard second = guard(1);
    model.broken.set(true);

    fail(first);
    fail(second);
    assertThat(told).containsExactly("pause");
    assertThat(breakers.reasons())
        .containsExactlyInAnyOrderElementsOf(
            settings.routes().stream()
                .map(route -> "route " + route.name() + ": its model fails: the network fails")
                .toList());
    assertThat(open(0)).isEqualTo(1);

    model.broken.set(false);
    Awaitility.await().until(() -> told.contains("resume"));
    assertThat(told).containsExactly("pause", "resume");
    assertThat(breakers.reasons()).isEmpty();
    assertThat(open(0)).isZero();
    assertThat(open(1)).isZero();
  }

  @Test
  void model_thatHangsForLong_stopsTheStream() {
    RouteGuard guard = guard(0);
    model.hanging.set(true);
    fail(guard);
    assertThat(told).containsExactly("pause");

    nanos.addAndGet(Breakers.LONGEST_HANG.plusSeconds(1).toNanos());
    Awaitility.await().until(() -> told.contains("stop"));
  }

  /** Not even a probe can be made then. */
  @Test
  void model_withAsManyCallsThatHangAsMayBe_stopsTheStreamSooner() {
    GuardedLabeller impatient =
        new GuardedLabeller(
            model, Duration.ofMillis(100), new Meters(registry).stage("fake"), System::nanoTime);
    RouteGuard guard =
        breakers.guard(
            settings.routes().get(0),
            TestSlots.of(settings, impatient, registry, Instant.EPOCH, nanos::get)
                .apply(settings.routes().get(0)));
    for (int text = 0; text < GuardedLabeller.MAXIMUM_STUCK; text++) {
      List<EncodedText> hangs = List.of(impatient.encode("HANG " + text));
      assertThatThrownBy(() -> impatient.predict(hangs)).isInstanceOf(CallTimedOutException.class);
    }
    assertThatThrownBy(() -> guard.call(() -> impatient.predict(List.of(impatient.encode("a")))))
        .isInstanceOf(BreakerOpenException.class)
        .hasCauseInstanceOf(CallsExhaustedException.class);

    nanos.addAndGet(Breakers.LONGEST_EXHAUSTION.plusSeconds(1).toNanos());
    Awaitility.await().until(() -> told.contains("stop"));
  }

  @Test
  void model_thatFailsForLong_isWaitedFor() {
    RouteGuard guard = guard(0);
    model.broken.set(true);
    fail(guard);

    nanos.addAndGet(Breakers.LONGEST_HANG.multipliedBy(100).toNanos());
    int before = model.batches.size();
    Awaitility.await().until(() -> model.batches.size() > before + 3);
    assertThat(told).containsExactly("pause");
  }

  private RouteGuard guard(int route) {
    Route of = settings.routes().get(route);
    return breakers.guard(of, slots.apply(of));
  }

  private void fail(RouteGuard guard) {
    assertThatThrownBy(() -> guard.call(() -> guarded.predict(List.of(guarded.encode("a")))))
        .isInstanceOf(BreakerOpenException.class);
  }

  private double open(int route) {
    String name = settings.routes().get(route).name();
    return registry.get("sentiment.breaker.open").tag("route", name).gauge().value();
  }
}
