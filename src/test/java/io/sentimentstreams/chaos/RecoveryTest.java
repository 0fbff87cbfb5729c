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
    recovery.output(0, at(1), at(1));
    recovery.output(1, at(1), at(1));
    recovery.fault(FaultKind.KILL, at(2));
    recovery.output(0, at(3), at(4));
    assertThat(recovery.times()).isEmpty();
    recovery.output(1, at(2), at(5)); // sent before the fault, or with it
    assertThat(recovery.times()).isEmpty();
    recovery.output(1, at(3), at(9));
    assertThat(recovery.times())
        .containsExactly(Map.entry(FaultKind.KILL, List.of(Duration.ofSeconds(7))));
  }

  @Test
  void faults_ofOneKind_areListedAscending() {
    recovery.fault(FaultKind.STOP, at(1));
    recovery.fault(FaultKind.STOP, at(4));
    recovery.output(0, at(5), at(6));
    recovery.output(1, at(5), at(6));
    assertThat(recovery.times().get(FaultKind.STOP))
        .containsExactly(Duration.ofSeconds(2), Duration.ofSeconds(5));
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }
}
