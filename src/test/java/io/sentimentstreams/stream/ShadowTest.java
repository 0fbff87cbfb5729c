package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowTest {
  private static final int EVENTS = 20_000;

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.1, 0.5, 0.9})
  void takes_ofManyEvents_isTheShareOfEachPartition(double share) {
    Shadow shadow = new Shadow(Path.of("m"), share);
    double deviation = Math.sqrt(share * (1 - share) * EVENTS);
    for (int partition = 0; partition < 8; partition++) {
      assertThat((double) taken(shadow, "tweets", partition))
          .isBetween(share * EVENTS - 5 * deviation, share * EVENTS + 5 * deviation);
    }
  }

  @Test
  void takes_ofTheSameEvent_isTheSame() {
    Shadow shadow = new Shadow(Path.of("m"), 0.3);
    Shadow again = new Shadow(Path.of("n"), 0.3);
    assertThat(LongStream.range(0, 1_000).filter(o -> shadow.takes("tweets", 3, o)).toArray())
        .isEqualTo(LongStream.range(0, 1_000).filter(o -> again.takes("tweets", 3, o)).toArray())
        .isNotEqualTo(
            LongStream.range(0, 1_000).filter(o -> again.takes("reviews", 3, o)).toArray());
  }

  @Test
  void takes_withAShareOfOne_isAll() {
    assertThat(taken(new Shadow(Path.of("m"), 1), "tweets", 0)).isEqualTo(EVENTS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.01, Double.NaN})
  void share_outOfRange_isRefused(double share) {
    assertThatThrownBy(() -> new Shadow(Path.of("m"), share))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("shadowShare: " + share);
  }

  private static long taken(Shadow shadow, String topic, int partition) {
    return LongStream.range(0, EVENTS).filter(o -> shadow.takes(topic, partition, o)).count();
  }
}
