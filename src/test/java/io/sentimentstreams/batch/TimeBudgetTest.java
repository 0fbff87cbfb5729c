package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class TimeBudgetTest {
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final TimeBudget budget = new TimeBudget(0.5, Duration.ofNanos(100), nanos::get);

  @Test
  void budget_spent_comesBackByItsShareOfTheTime() {
    assertThat(budget.isLeft()).isTrue();
    budget.spend(150);
    assertThat(budget.isLeft()).isFalse();
    nanos.addAndGet(100);
    assertThat(budget.isLeft()).isFalse();
    nanos.addAndGet(1);
    assertThat(budget.isLeft()).isTrue();
  }

  @Test
  void budget_unspentForLong_keepsNoMoreThanItsLimit() {
    nanos.addAndGet(1_000_000);
    assertThat(budget.isLeft()).isTrue();
    budget.spend(100);
    assertThat(budget.isLeft()).isFalse();
  }

  @Test
  void budget_alwaysSpent_givesItsShareInTheLongRun() {
    long spent = 0;
    for (int tick = 0; tick < 1_000; tick++) {
      nanos.addAndGet(10);
      if (budget.isLeft()) {
        budget.spend(30);
        spent += 30;
      }
    }
    assertThat(spent).isBetween(5_000L, 5_200L);
  }

  @Test
  void budget_withoutAShare_isRefused() {
    assertThatThrownBy(() -> new TimeBudget(0, Duration.ofSeconds(1), nanos::get))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("share: 0.0");
  }
}
