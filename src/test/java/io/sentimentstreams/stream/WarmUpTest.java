package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.metrics.Meters;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WarmUpTest {
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private final FakeLabeller model = new FakeLabeller();
  private final Route route =
      TestSettings.with("routes.tweets.model", "some/folder").routes().stream()
          .filter(each -> each.name().equals("tweets"))
          .findFirst()
          .orElseThrow();
  private final GuardedLabeller guarded =
      new GuardedLabeller(
          model, TIMEOUT, new Meters(new SimpleMeterRegistry()).stage("fake"), System::nanoTime);

  @AfterEach
  void letGo() {
    model.unhang();
  }

  @Test
  void limit_isLongerThanThatOfLaterCalls() {
    assertThat(WarmUp.limit(Duration.ofMillis(100))).isEqualTo(Duration.ofSeconds(60));
    assertThat(WarmUp.limit(Duration.ofSeconds(20))).isEqualTo(Duration.ofSeconds(200));
  }

  /** Each call takes several times what a later one may. */
  @Test
  void model_whoseFirstCallsAreSlow_isTaken() {
    Semaphore never = new Semaphore(0);
    model.onPredict =
        () -> {
          try {
            assertThat(never.tryAcquire(4 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };

    assertThat(WarmUp.warmedUp(route, guarded, WarmUp.limit(TIMEOUT))).isSameAs(guarded);
    assertThat(model.abandoned).hasValue(0);
    assertThat(model.closed).isFalse();
  }

  @Test
  void model_thatHangs_isRefusedWithTheSettingAndTheRemedy() {
    model.hanging.set(true);

    assertThatThrownBy(() -> WarmUp.warmedUp(route, guarded, Duration.ofSeconds(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "route tweets: model fake (some/folder): no answer in the warm-up within 1 s (10 times model.timeout, at least 60 s); raise model.timeout, or give the route another model");
    model.unhang();
    Awaitility.await().untilTrue(model.closed);
  }

  @Test
  void model_thatFails_isRefusedAndClosed() {
    model.broken.set(true);

    assertThatThrownBy(() -> WarmUp.warmedUp(route, guarded, WarmUp.limit(TIMEOUT)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "route tweets: model fake (some/folder): fails in the warm-up: IllegalStateException: the network fails; give the route another model, or try another backend");
    assertThat(model.closed).isTrue();
  }
}
