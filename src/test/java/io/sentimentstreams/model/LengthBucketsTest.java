package io.sentimentstreams.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class LengthBucketsTest {
  private static final int OVERHEAD_ROWS = 32;

  @Property(tries = 300)
  void divide_ofAnyLengths_holdsEachTextOnceAndKeepsTheLimits(
      @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 1000) Integer> list,
      @ForAll @IntRange(min = 1, max = 64) int maximumRows,
      @ForAll @IntRange(min = 1, max = 5000) int maximumTokens) {
    int[] lengths = list.stream().mapToInt(Integer::intValue).toArray();

    List<int[]> buckets = LengthBuckets.divide(lengths, maximumRows, maximumTokens, OVERHEAD_ROWS);

    assertThat(buckets.stream().flatMapToInt(Arrays::stream).sorted().toArray())
        .isEqualTo(IntStream.range(0, lengths.length).toArray());
    for (int[] bucket : buckets) {
      int longest = Arrays.stream(bucket).map(i -> lengths[i]).max().orElseThrow();
      assertThat(bucket.length).isLessThanOrEqualTo(maximumRows);
      assertThat(bucket.length == 1 || bucket.length * longest <= maximumTokens).isTrue();
    }
  }

  @Test
  void divide_ofNoText_isEmpty() {
    assertThat(LengthBuckets.divide(new int[0], 8, 100, OVERHEAD_ROWS)).isEmpty();
  }

  @Test
  void divide_ofEqualLengths_isOneBatch() {
    int[] lengths = new int[128];
    Arrays.fill(lengths, 20);

    assertThat(LengthBuckets.divide(lengths, 256, 16_384, OVERHEAD_ROWS)).hasSize(1);
  }

  @Test
  void divide_ofManyShortAndOneLong_keepsTheLongApart() {
    int[] lengths = new int[101];
    Arrays.fill(lengths, 10);
    lengths[50] = 1000;

    List<int[]> buckets = LengthBuckets.divide(lengths, 256, 16_384, OVERHEAD_ROWS);

    assertThat(buckets).hasSize(2).anySatisfy(bucket -> assertThat(bucket).containsExactly(50));
  }

  @Test
  void divide_ofAFewShortTexts_doesNotCut() {
    assertThat(LengthBuckets.divide(new int[] {3, 9, 20, 12}, 256, 16_384, OVERHEAD_ROWS))
        .hasSize(1);
  }
}
