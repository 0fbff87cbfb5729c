package io.sentimentstreams.model;

/**
 * 16-bit floats to and from 32 bits; the JDK converts IEEE halfs only from release 20 on.
 *
 * <p>IEEE 754 binary16 is 1 sign, 5 exponent (bias 15) and 10 fraction bits; bfloat16 is the upper
 * half of a binary32.
 */
final class HalfFloats {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;
  private static final int QUIET_NAN = 0x7e00;

  /** Bits of 65,520, the smallest float that rounds to the half infinity. */
  private static final int FLOAT_OVERFLOW = 0x477ff000;

  /** Bits of 2^-14, the smallest normal half. */
  private static final int FLOAT_SMALLEST_NORMAL = 0x38800000;

  private static final int FLOAT_INFINITY = 0x7f800000;

  /** Fraction bits that a half lacks. */
  private static final int DROPPED_BITS = 13;

  /** Difference of the exponents' biases, in place. */
  private static final int REBIAS = (127 - 15) << 23;

  private HalfFloats() {}

  /** The exact value of a half. */
  static float toFloat(short half) {
    int sign = (half & SIGN) << 16;
    int magnitude = half & 0x7fff;
    if (magnitude >= INFINITY) {
      return Float.intBitsToFloat(sign | FLOAT_INFINITY | ((magnitude & 0x3ff) << DROPPED_BITS));
    }
    if (magnitude < 0x400) { // zero or subnormal: magnitude * 2^-24, exact in a float
      float value = magnitude * 0x1p-24f;
      return sign == 0 ? value : -value;
    }
    return Float.intBitsToFloat(sign | ((magnitude << DROPPED_BITS) + REBIAS));
  }

  /**
   * The nearest half, ties to even: beyond 65,519.99 infinity, NaN stays NaN.
   *
   * <p>Adding half of the last kept bit minus one, plus that bit, carries exactly where rounding
   * goes up, into the exponent too.
   */
  static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & SIGN;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > FLOAT_INFINITY) {
      return (short) (sign | QUIET_NAN);
    }
    if (magnitude >= FLOAT_OVERFLOW) {
      return (short) (sign | INFINITY);
    }
    if (magnitude < FLOAT_SMALLEST_NORMAL) {
      // Scaling by a power of two is exact here, and rint rounds ties to even.
      return (short) (sign | (int) Math.rint(Float.intBitsToFloat(magnitude) * 0x1p24));
    }
    int lastKeptBit = (magnitude >>> DROPPED_BITS) & 1;
    int rounded = magnitude - REBIAS + 0xfff + lastKeptBit;
    return (short) (sign | (rounded >>> DROPPED_BITS));
  }

  /** Whether a half is neither infinite nor NaN. */
  static boolean isFinite(short half) {
    return (half & INFINITY) != INFINITY;
  }

  /** The exact value of a bfloat16. */
  static float bfloatToFloat(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }
}
