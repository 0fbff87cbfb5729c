package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class BackOffTest {
  @Property
  void delay_afterAnyFailures_doublesUpToTheLongestLessAHalf(
      @ForAll @IntRange(max = 1_000_000) int failures, @ForAll long seed) {
    BackOff backOff =
        new BackOff(Duration.ofMillis(200), Duration.ofSeconds(30), new SplittableRandom(seed));

    long full = failures > 7 ? 30_000 : 200L << failures;
    assertThat(backOff.delay(failures))
        .isBetween(Duration.ofMillis(full / 2), Duration.ofMillis(full));
  }

  @Test
  void delays_thatDoNotAscend_areRefused() {
    assertThatThrownBy(
            () ->
                new BackOff(Duration.ofSeconds(2), Duration.ofSeconds(1), new SplittableRandom(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
