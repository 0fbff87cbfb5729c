package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class HalfFloatsTest {

  @Test
  void toFloat_ofEveryHalf_isItsDefinition() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float actual = HalfFloats.toFloat((short) bits);
      float expected = defined(bits);
      assertThat(Float.floatToIntBits(actual))
          .as("half 0x%04x", bits)
          .isEqualTo(Float.floatToIntBits(expected));
    }
  }

  /** IEEE 754: (-1)^sign * 2^(exponent-15) * 1.fraction, or * 2^-14 * 0.fraction. */
  private static float defined(int bits) {
    double sign = bits >= 0x8000 ? -1 : 1;
    int exponent = (bits >> 10) & 31;
    double fraction = (bits & 1023) / 1024.0;
    if (exponent == 31) {
      return fraction == 0 ? (float) (sign / 0.0) : Float.NaN;
    }
    double magnitude =
        exponent == 0 ? Math.scalb(fraction, -14) : Math.scalb(1 + fraction, exponent - 15);
    return (float) (sign * magnitude);
  }

  @Test
  void fromFloat_ofEveryHalf_givesItBack() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = HalfFloats.toFloat((short) bits);
      int back = HalfFloats.fromFloat(value) & 0xffff;
      if (Float.isNaN(value)) {
        assertThat(HalfFloats.toFloat((short) back)).as("half 0x%04x", bits).isNaN();
      } else {
        assertThat(back).as("half 0x%04x", bits).isEqualTo(bits);
      }
    }
  }

  @Test
  void fromFloat_aroundTheMiddleOfEachTwoHalfs_roundsToTheNearestAndTiesToEven() {
    for (int bits = 0; bits < 0x7bff; bits++) {
      float low = HalfFloats.toFloat((short) bits);
      float high = HalfFloats.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      assertRounds(middle, even);
      assertRounds(Math.nextDown(middle), bits);
      assertRounds(Math.nextUp(middle), bits + 1);
    }
  }

  private static void assertRounds(float value, int bits) {
    assertThat(HalfFloats.fromFloat(value) & 0xffff).as("%s", value).isEqualTo(bits);
    assertThat(HalfFloats.fromFloat(-value) & 0xffff).as("-%s", value).isEqualTo(bits | 0x8000);
  }

  @Test
  void fromFloat_aroundTheLargestHalf_becomesInfiniteFromTheMiddleOn() {
    assertRounds(65504, 0x7bff);
    assertRounds(Math.nextDown(65520f), 0x7bff);
    assertRounds(65520, 0x7c00);
    assertRounds(Float.MAX_VALUE, 0x7c00);
    assertRounds(Float.POSITIVE_INFINITY, 0x7c00);
  }

  @Test
  void fromFloat_ofTinyFloats_isZeroOfTheSameSign() {
    assertRounds(Float.MIN_VALUE, 0);
    assertRounds(0x1p-25f, 0);
    assertRounds(Math.nextUp(0x1p-25f), 1);
  }

  @Property
  void fromFloat_ofAnyFiniteFloat_isTheNearestHalf(@ForAll float value) {
    int half = HalfFloats.fromFloat(value);
    if (!HalfFloats.isFinite((short) half)) {
      assertThat(Math.abs(value)).isGreaterThanOrEqualTo(65520);
      return;
    }
    BigDecimal error = distance(value, half);
    int magnitude = half & 0x7fff;
    if (magnitude > 0) {
      assertThat(error).isLessThanOrEqualTo(distance(value, half - 1));
    }
    if (magnitude < 0x7bff) {
      assertThat(error).isLessThanOrEqualTo(distance(value, half + 1));
    }
  }

  private static BigDecimal distance(float value, int half) {
    float other = HalfFloats.toFloat((short) half);
    return new BigDecimal(value).subtract(new BigDecimal(other)).abs();
  }

  @Test
  void isFinite_ofEveryHalf_agreesWithItsFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      assertThat(HalfFloats.isFinite((short) bits))
          .isEqualTo(Float.isFinite(HalfFloats.toFloat((short) bits)));
    }
  }

  @Test
  void bfloatToFloat_ofEveryBfloat_isTheUpperHalfOfAFloat() {
    for (int bits = 0; bits <= 0xffff; bits++) {
      float value = HalfFloats.bfloatToFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Float.floatToRawIntBits(value)).isEqualTo(bits << 16);
      }
    }
    assertThat(HalfFloats.bfloatToFloat((short) 0x3f80)).isEqualTo(1f);
    assertThat(HalfFloats.bfloatToFloat((short) 0xc2f7)).isEqualTo(-123.5f);
  }
}
