package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PacerTest {

  @Test
  void untilDue_evenRate_isEvenlySpread() {
    Pacer pacer = new Pacer(20, 1_000);

    assertThat(pacer.untilDue(0, 1_000)).isZero();
    assertThat(pacer.untilDue(1, 1_000)).isEqualTo(Duration.ofMillis(50));
    assertThat(pacer.untilDue(100, 1_000)).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void untilDue_late_isNegative() {
    Pacer pacer = new Pacer(1000, 0);

    assertThat(pacer.untilDue(1, Duration.ofSeconds(1).toNanos())).isNegative();
  }

  @Test
  void untilDue_withoutLimit_isNow() {
    Pacer pacer = new Pacer(Double.POSITIVE_INFINITY, 0);

    assertThat(pacer.untilDue(1_000_000, 5)).isLessThanOrEqualTo(Duration.ZERO);
  }
}
