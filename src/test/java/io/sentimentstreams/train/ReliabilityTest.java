package io.sentimentstreams.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ReliabilityTest {

  @Test
  void error_scoresThatAreTooHigh_isTheWeightedDistance() {
    double[] scores = {0.95, 0.95, 0.95, 0.95, 0.55};
    boolean[] right = {true, true, true, false, true};

    Reliability calibration = Reliability.of(scores, right);

    assertThat(calibration.error()).isCloseTo(0.8 * 0.2 + 0.2 * 0.45, within(1e-12));
    assertThat(calibration.bins()).hasSize(Reliability.BINS);
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

    assertThat(Reliability.of(scores, right).error()).isZero();
  }

  @Test
  void bins_atTheirEdges_takeTheLowerScore() {
    Reliability calibration =
        Reliability.of(new double[] {0.5, 1.0, 0.0}, new boolean[] {true, true, false});

    assertThat(calibration.bins())
        .extracting(Reliability.Bin::count)
        .containsExactly(1L, 0L, 0L, 0L, 0L, 1L, 0L, 0L, 0L, 1L);
  }

  @Test
  void of_nothing_hasNoError() {
    assertThat(Reliability.of(List.of()).error()).isZero();
  }

  @Test
  void of_otherNumberOfOutcomes_isRefused() {
    assertThatThrownBy(() -> Reliability.of(new double[2], new boolean[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
