package io.sentimentstreams.bench;

import java.util.Arrays;
import java.util.Random;

/**
 * Seeded token ids by Zipf's law, as in natural text: the id {@code k} has the probability {@code
 * k^-1.2 / zeta(1.2)}, and all beyond a vocabulary's last id are the last. (The law that NumPy's
 * {@code zipf(1.2)} draws from, cut off in the same way.) Id 0, the padding's, never occurs.
 */
final class ZipfIds {
  private static final double EXPONENT = 1.2;

  /** Terms of the series that are added up; the rest is an integral. */
  private static final int TERMS = 1000;

  private final double[] cumulative; // [vocabulary - 2]: at i the probability of the ids 1 to i + 1
  private final Random random;

  ZipfIds(int vocabularySize, long seed) {
    this.cumulative = cumulative(vocabularySize);
    this.random = new Random(seed);
  }

  private static double[] cumulative(int vocabularySize) {
    double[] sums = new double[vocabularySize - 2];
    double zeta = zeta();
    double sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += Math.pow(i + 1, -EXPONENT) / zeta;
      sums[i] = sum;
    }
    return sums;
  }

  /** Riemann's zeta of the exponent, by Euler's and Maclaurin's formula. */
  static double zeta() {
    double sum = 0;
    for (int k = 1; k < TERMS; k++) {
      sum += Math.pow(k, -EXPONENT);
    }
    return sum
        + Math.pow(TERMS, 1 - EXPONENT) / (EXPONENT - 1)
        + Math.pow(TERMS, -EXPONENT) / 2
        + EXPONENT * Math.pow(TERMS, -EXPONENT - 1) / 12;
  }

  /** The ids of a text of that many tokens, [time]. */
  int[] text(int length) {
    int[] ids = new int[length];
    Arrays.setAll(ids, i -> next());
    return ids;
  }

  private int next() {
    int found = Arrays.binarySearch(cumulative, random.nextDouble());
    return (found < 0 ? -found - 1 : found) + 1;
  }
}
