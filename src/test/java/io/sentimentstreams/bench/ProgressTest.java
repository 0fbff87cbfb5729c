package io.sentimentstreams.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final Progress progress = new Progress(1000, 10 * SECOND);

  @Test
  void rate_ofManyCommits_isFromTheFirstToTheLast() {
    progress.add(11 * SECOND, 0);
    progress.add(12 * SECOND, 200);
    progress.add(13 * SECOND, 700);
    progress.add(14 * SECOND, 1000);
    progress.add(15 * SECOND, 1000);

    assertThat(progress.isDone()).isTrue();
    assertThat(progress.recordsPerSecond()).isCloseTo(400, within(1e-9));
  }

  @Test
  void rate_whereTheFirstCommitHasMostRecords_isFromTheBeginning() {
    progress.add(12 * SECOND, 501);
    progress.add(13 * SECOND, 1000);

    assertThat(progress.recordsPerSecond()).isCloseTo(1000 / 3.0, within(1e-9));
  }

  @Test
  void movedNanos_whileNothingMore_isWhenTheLastMoreCame() {
    assertThat(progress.movedNanos()).isEqualTo(10 * SECOND);

    progress.add(12 * SECOND, 0);
    assertThat(progress.movedNanos()).isEqualTo(10 * SECOND);

    progress.add(13 * SECOND, 5);
    progress.add(14 * SECOND, 5);
    assertThat(progress.movedNanos()).isEqualTo(13 * SECOND);
    assertThat(progress.isDone()).isFalse();
  }
}
