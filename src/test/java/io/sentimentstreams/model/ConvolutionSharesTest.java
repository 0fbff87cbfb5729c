package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ConvolutionSharesTest {
  private static final int VOCABULARY = 40;
  private static final int LABELS = 3;

  private static ConvolutionShares shares(NetworkSpec spec, Weights weights) {
    return new ConvolutionShares(
        (NetworkForm.Conv1dPool) NetworkForm.require(spec), weights, /* rows= */ null);
  }

  private static double logOdds(NetworkSpec spec, Weights weights, int[] ids, int a, int b) {
    double[] probabilities = ReferenceNetwork.probabilities(spec, weights, ids);
    return Math.log(probabilities[a]) - Math.log(probabilities[b]);
  }

  @Property(tries = 300)
  void sum_ofRandomNetworksAndTexts_isTheDifferenceOfTheScores(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 7) int width,
      @ForAll @IntRange(min = 1, max = 12) int filters,
      @ForAll @IntRange(min = 0, max = 5) int hidden,
      @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll Pooling pooling) {
    NetworkSpec spec = NetworkSpec.conv1d(4, filters, width, pooling, hidden);
    Weights weights = TestWeights.random(spec, NetworkSize.of(VOCABULARY, LABELS), seed);
    int[] ids = new Random(seed).ints(length, 1, VOCABULARY).toArray();

    Attribution found = shares(spec, weights).of(ids, 2, 0);

    assertThat(found.shares()).hasSize(length);
    assertThat(Arrays.stream(found.shares()).sum() + found.rest())
        .isCloseTo(logOdds(spec, weights, ids, 2, 0), within(1e-4));
  }

  @Test
  void tables_ofTheCompiledNetwork_giveTheSameShares() {
    NetworkSpec spec = NetworkSpec.conv1d(6, 9, 4, Pooling.MAX_AND_MEAN, 0);
    ModelBundle bundle = TestBundles.random(spec, Precision.F16);
    int[] ids = new Random(1).ints(30, 1, TestBundles.VOCABULARY).toArray();
    try (CompiledBackend backend = new CompiledBackend(bundle, 1)) {
      Attribution fromTables =
          new ConvolutionShares(
                  (NetworkForm.Conv1dPool) NetworkForm.require(spec),
                  bundle.weights(),
                  backend.tables())
              .of(ids, 0, 1);
      Attribution fromWeights = shares(spec, bundle.weights()).of(ids, 0, 1);

      assertThat(fromTables.shares()).containsExactly(fromWeights.shares(), within(1e-5));
      assertThat(fromTables.rest()).isCloseTo(fromWeights.rest(), within(1e-5));
    }
  }

  /** One filter of width 3 that only looks at its window's last word; word 5 wins. */
  @Test
  void token_outsideOfEachWinningWindow_hasNoShare() {
    NetworkSpec spec = NetworkSpec.conv1d(1, 1, 3, Pooling.MAX, 0);
    float[] vectors = new float[VOCABULARY];
    vectors[2] = 1;
    vectors[3] = 2;
    vectors[5] = 10;
    Weights weights = weights(vectors, new float[] {0.5f, 0.25f, 1}, -1);

    Attribution found = shares(spec, weights).of(new int[] {2, 2, 3, 5, 2, 3}, 1, 0);

    // The window of 2, 3, 5: 0.5 * 1 + 0.25 * 2 + 10 - 1, times 3 for label 1 against label 0.
    assertThat(found.shares()).containsExactly(0, 1.5, 1.5, 30, 0, 0);
    assertThat(found.rest()).isEqualTo(-3);
  }

  @Test
  void filter_atMostZeroEverywhere_sharesNothing() {
    NetworkSpec spec = NetworkSpec.conv1d(1, 1, 3, Pooling.MAX, 0);
    float[] vectors = new float[VOCABULARY];
    Arrays.fill(vectors, 1);
    Weights weights = weights(vectors, new float[] {1, 1, 1}, -5);

    Attribution found = shares(spec, weights).of(new int[] {2, 3, 4, 5}, 1, 0);

    assertThat(found.shares()).containsOnly(0);
    assertThat(found.rest()).isZero();
  }

  @Test
  void value_reachedTwice_isSharedByTheFirstWindow() {
    NetworkSpec spec = NetworkSpec.conv1d(1, 1, 1, Pooling.MAX, 0);
    float[] vectors = new float[VOCABULARY];
    vectors[4] = 1;
    Weights weights = weights(vectors, new float[] {1}, 0);

    assertThat(shares(spec, weights).of(new int[] {3, 4, 4}, 1, 0).shares())
        .containsExactly(0, 3, 0);
  }

  /** A network of one filter, whose value counts 3 for label 1 and nothing for the others. */
  private static Weights weights(float[] vectors, float[] kernel, float bias) {
    return Weights.of(
        List.of(
            new Tensor("embedding.weight", new int[] {VOCABULARY, 1}, vectors),
            new Tensor("conv1d.kernel", new int[] {kernel.length, 1, 1}, kernel),
            new Tensor("conv1d.bias", new int[] {1}, new float[] {bias}),
            new Tensor("output.kernel", new int[] {1, LABELS}, new float[] {0, 3, 0}),
            new Tensor("output.bias", new int[] {LABELS}, new float[LABELS])));
  }
}
