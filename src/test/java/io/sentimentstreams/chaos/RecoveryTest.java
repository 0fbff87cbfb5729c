package io.sentimentstreams.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecoveryTest {
  private static final Instant START = Instant.EPOCH;

  private final Recovery recovery = new Recovery(2);

  @Test
  void fault_afterWhichAllPartitionsGoOn_isRecovered() {
    recovery.output(0, at(1), "a", at(1));
    recovery.output(1, at(1), "a", at(1));
    recovery.fault(FaultKind.KILL, at(2));
    recovery.output(0, at(3), "a", at(4));
    assertThat(recovery.times()).isEmpty();
    recovery.output(1, at(2), "a", at(5)); // sent before the fault, or with it
    assertThat(recovery.times()).isEmpty();
    recovery.output(1, at(3), "a", at(9));
    assertThat(recovery.times())
        .containsExactly(Map.entry(FaultKind.KILL, List.of(Duration.ofSeconds(7))));
  }

  @Test
  void faults_ofOneKind_areListedAscending() {
    recovery.fault(FaultKind.STOP, at(1));
    recovery.fault(FaultKind.STOP, at(4));
    recovery.output(0, at(5), "a", at(6));
    recovery.output(1, at(5), "a", at(6));
    assertThat(recovery.times().get(FaultKind.STOP))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  @Test
  void missing_withFaultsOpenOrGivenUp_countsThemByKind() {
    recovery.fault(FaultKind.KILL, at(1));
    recovery.giveUp(FaultKind.SCALE_OUT);
    recovery.fault(FaultKind.KILL, at(2));
    assertThat(recovery.missing())
        .containsOnly(Map.entry(FaultKind.KILL, 2), Map.entry(FaultKind.SCALE_OUT, 1));
    recovery.output(0, at(3), "a", at(3));
    recovery.output(1, at(3), "a", at(3));
    assertThat(recovery.missing()).containsOnly(Map.entry(FaultKind.SCALE_OUT, 1));
  }

  @Test
  void exchange_untilAllPartitionsHaveOutputsOfTheNewModel_isNotOver() {
    recovery.exchange(FaultKind.ROLLING_RESTART, at(1), at(3), "b");
    recovery.output(0, at(2), "b", at(2)); // before the last instance was stopped
    recovery.output(0, at(4), "a", at(4));
    recovery.output(1, at(4), "b", at(5));
    assertThat(recovery.isComplete()).isFalse();
    recovery.output(0, at(5), "b", at(6));
    assertThat(recovery.isComplete()).isTrue();
    assertThat(recovery.times())
        .containsExactly(Map.entry(FaultKind.ROLLING_RESTART, List.of(Duration.ofSeconds(5))));
  }

  @Test
  void exchange_beforeAnother_isNeverOver() {
    recovery.fault(FaultKind.KILL, at(1));
    recovery.exchange(FaultKind.ACTIVATION, at(1), at(1), "b");
    recovery.exchange(FaultKind.ACTIVATION, at(2), at(2), "a");
    recovery.output(0, at(3), "a", at(3));
    recovery.output(1, at(3), "a", at(4));
    assertThat(recovery.isComplete()).isTrue();
    assertThat(recovery.times())
        .containsExactly(
            Map.entry(FaultKind.KILL, List.of(Duration.ofSeconds(3))),
            Map.entry(FaultKind.ACTIVATION, List.of(Duration.ofSeconds(2))));
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }
}
