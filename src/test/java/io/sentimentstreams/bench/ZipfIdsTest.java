package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ZipfIdsTest {
  private static final int DRAWS = 200_000;
  private static final double ZETA = 5.591582441177751;

  @Test
  void zeta_ofTheExponent_isTheKnownValue() {
    assertThat(ZipfIds.zeta()).isCloseTo(ZETA, within(1e-9));
  }

  @Test
  void ids_many_followTheLawAndTheLastHasTheRest() {
    int[] counts = new int[100];
    for (int id : new ZipfIds(counts.length, 1).text(DRAWS)) {
      counts[id]++;
    }

    assertThat(counts[0]).isZero();
    double rest = 1;
    for (int id = 1; id < 99; id++) {
      double share = Math.pow(id, -1.2) / ZETA;
      rest -= share;
      assertThat(counts[id] / (double) DRAWS).as("id %d", id).isCloseTo(share, within(0.004));
    }
    assertThat(counts[99] / (double) DRAWS).isCloseTo(rest, within(0.004));
  }

  @Test
  void ids_ofTheSmallestVocabulary_areInRange() {
    assertThat(new ZipfIds(3, 1).text(1000)).containsOnly(1, 2);
  }

  @Test
  void ids_sameSeed_areTheSame() {
    int[] first = new ZipfIds(20_000, 7).text(50);

    assertThat(new ZipfIds(20_000, 7).text(50)).isEqualTo(first);
    assertThat(new ZipfIds(20_000, 8).text(50)).isNotEqualTo(first);
    assertThat(Arrays.stream(first).max().orElseThrow()).isLessThan(20_000);
  }
}
