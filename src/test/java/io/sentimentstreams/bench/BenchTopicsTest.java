package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BenchTopicsTest {

  @Test
  void recordsIn_partitionsFilledInTurn_addUp() {
    assertThat(BenchTopics.recordsIn(0, 3, 8)).isEqualTo(3);
    assertThat(BenchTopics.recordsIn(1, 3, 8)).isEqualTo(3);
    assertThat(BenchTopics.recordsIn(2, 3, 8)).isEqualTo(2);
    assertThat(BenchTopics.recordsIn(2, 3, 2)).isZero();
  }
}
