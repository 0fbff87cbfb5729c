package io.sentimentstreams.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.trend.Windows;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TrendLedgerTest {
  private static final Duration WINDOW = Duration.ofSeconds(10);

  /** Windows begin at multiples of 10,000; the run in the one of 100,000. */
  private final TrendLedger ledger =
      new TrendLedger(new Windows(WINDOW, WINDOW, Duration.ZERO), 103_000);

  @Test
  void windows_thatAddUp_areExact() {
    ledger.labelled("a", 101_000, "good");
    ledger.labelled("a", 109_999, "bad");
    ledger.labelled("b", 110_000, "good");
    ledger.told("b", 110_000, Map.of("good", 1L));
    ledger.told("a", 100_000, Map.of("good", 1L, "bad", 1L));
    assertThat(ledger.report()).isEqualTo(new TrendReport(2, 3, 0, 0, 0, 0));
    assertThat(ledger.report().isExact()).isTrue();
  }

  @Test
  void event_inNoWindow_isMissing() {
    ledger.labelled("a", 101_000, "good");
    ledger.labelled("a", 102_000, "good");
    ledger.told("a", 100_000, Map.of("good", 1L));
    assertThat(ledger.report()).isEqualTo(new TrendReport(1, 1, 0, 1, 0, 0));
    assertThat(ledger.report().isExact()).isFalse();
  }

  @Test
  void event_ofBeforeTheRun_mayBeLate() {
    ledger.labelled("a", 99_999, "good");
    ledger.labelled("a", 101_000, "good");
    ledger.told("a", 100_000, Map.of("good", 1L));
    assertThat(ledger.report()).isEqualTo(new TrendReport(1, 1, 1, 0, 0, 0));
    assertThat(ledger.report().isExact()).isTrue();
  }

  @Test
  void event_inTheWindowOfAnotherGroupOrLabel_isMissingAndSurplus() {
    ledger.labelled("a", 101_000, "good");
    ledger.labelled("a", 102_000, "bad");
    ledger.told("b", 100_000, Map.of("good", 1L));
    ledger.told("a", 100_000, Map.of("good", 1L));
    assertThat(ledger.report()).isEqualTo(new TrendReport(2, 2, 0, 1, 1, 0));
  }

  @Test
  void window_toldTwice_isNotExact() {
    ledger.labelled("a", 101_000, "good");
    ledger.labelled("a", 102_000, "good");
    ledger.told("a", 100_000, Map.of("good", 1L));
    ledger.told("a", 100_000, Map.of("good", 1L));
    assertThat(ledger.report()).isEqualTo(new TrendReport(1, 2, 0, 0, 0, 1));
    assertThat(ledger.report().isExact()).isFalse();
  }
}
