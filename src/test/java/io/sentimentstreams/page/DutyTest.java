package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DutyTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Duty duty = new Duty(9, nanos::get);

  @Test
  void work_thatTookLong_restsNineTimesAsLong() {
    assertThat(duty.isDue()).isTrue();
    assertThat(duty.work(() -> nanos.addAndGet(100))).isEqualTo(100);
    assertThat(duty.isDue()).isFalse();
    nanos.set(999);
    assertThat(duty.isDue()).isFalse();
    nanos.set(1000);
    assertThat(duty.isDue()).isTrue();
  }
}
