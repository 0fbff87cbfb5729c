package io.sentimentstreams.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TanhTest {
  @Test
  void of_anyValue_isTanhAndNeverBeyondOne() {
    for (float x = -20; x <= 20; x += 1f / 512) {
      assertThat((double) Tanh.of(x)).isCloseTo(Math.tanh(x), within(4e-7));
      assertThat(Math.abs(Tanh.of(x))).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void ofModerate_anyModerateValue_isTanhAndNeverBeyondOne() {
    for (float x = -20; x <= 20; x += 1f / 512) {
      assertThat((double) Tanh.ofModerate(x)).isCloseTo(Math.tanh(x), within(8e-7));
      assertThat(Math.abs(Tanh.ofModerate(x))).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {9, 100, 12_345.678f, 1e6f, 1e7f})
  void ofModerate_farFromZero_isOne(float x) {
    assertThat((double) Tanh.ofModerate(x)).isCloseTo(1, within(1e-6));
    assertThat((double) Tanh.ofModerate(-x)).isCloseTo(-1, within(1e-6));
  }

  @Test
  void of_infiniteOrNoNumber_isOneOrNoNumber() {
    assertThat((double) Tanh.of(Float.POSITIVE_INFINITY)).isCloseTo(1, within(1e-6));
    assertThat((double) Tanh.of(Float.NEGATIVE_INFINITY)).isCloseTo(-1, within(1e-6));
    assertThat(Tanh.of(Float.NaN)).isNaN();
    assertThat(Tanh.ofModerate(Float.NaN)).isNaN();
  }
}
