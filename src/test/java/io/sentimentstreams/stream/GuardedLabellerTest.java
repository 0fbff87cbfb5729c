package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.batch.CallTimedOutException;
import io.sentimentstreams.metrics.Meters;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class GuardedLabellerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FakeLabeller model = new FakeLabeller();

  /** Any call that hangs is over its limit; those of the tests that do not are not. */
  private final GuardedLabeller guarded =
      new GuardedLabeller(
          model, Duration.ofSeconds(2), new Meters(registry).stage("fake"), System::nanoTime);

  @AfterEach
  void letGo() {
    model.unhang();
  }

  @Test
  void predict_ofAWorkingModel_isTheModels() {
    assertThat(guarded.predict(List.of(guarded.encode("a"), guarded.encode("b")))).hasSize(2);
    assertThat(guarded.labels()).isEqualTo(model.labels());
    assertThat(guarded.info()).isEqualTo(model.info());
  }

  @Test
  void predict_thatHangs_isLeftBehindAndMakesRoom() {
    assertThatThrownBy(() -> guarded.predict(List.of(guarded.encode("HANG"))))
        .isInstanceOf(CallTimedOutException.class)
        .hasMessage("no answer for 1 texts within 500 ms");
    assertThat(stuck()).isEqualTo(1);
    assertThat(model.abandoned).hasValue(1);

    model.unhang();
    Awaitility.await().until(() -> stuck() == 0);
    assertThat(guarded.predict(List.of(guarded.encode("HANG")))).hasSize(1);
  }

  @Test
  void predict_thatHangsAfterAnotherCameBack_makesNoFurtherRoom() {
    Semaphore gate = new Semaphore(0);
    GuardedLabeller impatient =
        new GuardedLabeller(
            model, Duration.ofMillis(80), new Meters(registry).stage("fake"), System::nanoTime);
    model.onPredict = gate::acquireUninterruptibly;
    for (int hang = 1; hang <= 3; hang++) {
      assertThatThrownBy(() -> impatient.predict(List.of(impatient.encode("a"))))
          .isInstanceOf(CallTimedOutException.class);
      gate.release();
      Awaitility.await().until(() -> stuck() == 0);
    }
    assertThat(model.abandoned).hasValue(1);
  }

  @Test
  void predict_whileAnotherHangs_makesRoomForEach() {
    for (String text : List.of("HANG a", "HANG b")) {
      assertThatThrownBy(() -> guarded.predict(List.of(guarded.encode(text))))
          .isInstanceOf(CallTimedOutException.class);
    }
    assertThat(stuck()).isEqualTo(2);
    assertThat(model.abandoned).hasValue(2);
  }

  @Test
  void close_whileACallHangs_leavesTheModelOpenUntilItEnds() {
    assertThatThrownBy(() -> guarded.predict(List.of(guarded.encode("HANG"))))
        .isInstanceOf(CallTimedOutException.class);
    guarded.close();
    assertThat(model.closed).isFalse();

    model.unhang();
    Awaitility.await().untilTrue(model.closed);
  }

  @Test
  void close_ofAnIdleModel_closesIt() {
    guarded.predict(List.of(guarded.encode("a")));
    guarded.close();
    assertThat(model.closed).isTrue();
  }

  private double stuck() {
    return registry.get("sentiment.stage.stuck").tag("model", "fake").gauge().value();
  }
}
