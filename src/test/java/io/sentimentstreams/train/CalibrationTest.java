package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

  @Test
  void error_scoresThatAreTooHigh_isTheWeightedDistance() {
    double[] scores = {0.95, 0.95, 0.95, 0.95, 0.55};
    boolean[] right = {true, true, true, false, true};

    Calibration calibration = Calibration.of(scores, right);

    assertThat(calibration.error()).isCloseTo(0.8 * 0.2 + 0.2 * 0.45, within(1e-12));
    assertThat(calibration.bins()).hasSize(Calibration.BINS);
    assertThat(calibration.bins().get(9))
        .satisfies(
            bin -> {
              assertThat(bin.count()).isEqualTo(4);
              assertThat(bin.meanScore()).isCloseTo(0.95, within(1e-12));
              assertThat(bin.accuracy()).isEqualTo(0.75);
            });
    assertThat(calibration.bins().get(5).count()).isEqualTo(1);
  }

  @Test
  void error_scoresThatAreRight_isZero() {
    double[] scores = {0.75, 0.75, 0.75, 0.75};
    boolean[] right = {true, true, false, true};

    assertThat(Calibration.of(scores, right).error()).isZero();
  }

  @Test
  void bins_atTheirEdges_takeTheLowerScore() {
    Calibration calibration =
        Calibration.of(new double[] {0.5, 1.0, 0.0}, new boolean[] {true, true, false});

    assertThat(calibration.bins())
        .extracting(Calibration.Bin::count)
        .containsExactly(1L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L);
  }

  @Test
  void of_nothing_hasNoError() {
    assertThat(Calibration.of(List.of()).error()).isZero();
  }

  @Test
  void of_otherNumberOfOutcomes_isRefused() {
    assertThatThrownBy(() -> Calibration.of(new double[2], new boolean[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
