package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sentimentstreams.text.EncodedText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class OcclusionSharesTest {
  private final List<Integer> calls = new ArrayList<>();

  /** Odds that are the sum of the ids: a token's share is then its id less the unknown one's, 1. */
  private double[] sums(List<EncodedText> rows) {
    calls.add(rows.size());
    return rows.stream().mapToDouble(row -> Arrays.stream(row.ids()).sum()).toArray();
  }

  private double[] shares(int... ids) {
    return OcclusionShares.of(
        new EncodedText(ids, ids.length, 0), Arrays.stream(ids).sum(), this::sums);
  }

  @Test
  void shares_ofASum_areItsParts() {
    assertThat(shares(7, 3, 12)).containsExactly(6, 2, 11);
    assertThat(calls).containsExactly(3);
  }

  @Test
  void unknownTokensAndPadding_haveNoShareAndNoRow() {
    assertThat(shares(0, 1, 5, 1)).containsExactly(0, 0, 4, 0);
    assertThat(calls).containsExactly(1);
  }

  @Test
  void text_withoutKnownTokens_asksNothing() {
    assertThat(shares(1, 1)).containsOnly(0);
    assertThat(calls).isEmpty();
  }

  @Test
  void longText_replacesTokensTogether_withinTheRows() {
    int[] ids = IntStream.range(0, 1000).map(i -> 2 + i % 8).toArray();

    double[] shares = shares(ids);

    assertThat(calls).hasSize(1);
    assertThat(calls.get(0)).isLessThanOrEqualTo(OcclusionShares.ROWS).isGreaterThan(100);
    assertThat(Arrays.stream(shares).sum())
        .isCloseTo(Arrays.stream(ids).map(id -> id - 1).sum(), within(1e-9));
    // Groups of eight: equal within, and together as much as their tokens.
    assertThat(Arrays.copyOf(shares, 8)).containsOnly(shares[0]);
  }

  @Test
  void text_atTheLimit_hasARowAToken() {
    shares(IntStream.range(0, OcclusionShares.ROWS).map(i -> 2).toArray());

    assertThat(calls).containsExactly(OcclusionShares.ROWS);
  }
}
