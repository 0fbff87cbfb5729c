package io.sentimentstreams.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ChartsTest {

  @Test
  void scale_ofALoss_hasRoundTicks() {
    Scale scale = Scale.around(0.568, 0.951);

    assertThat(scale.ticks()).hasSizeBetween(3, 8);
    assertThat(scale.ticks().stream().map(scale::label))
        .containsExactly("0.5", "0.6", "0.7", "0.8", "0.9", "1.0");
  }

  @Test
  void scale_ofOneValue_hasRoomAroundIt() {
    Scale scale = Scale.around(0.5, 0.5);

    assertThat(scale.position(0.5)).isBetween(0.0, 1.0);
    assertThat(scale.to()).isGreaterThan(scale.from());
  }

  @Property
  void scale_ofAnyValues_holdsThem(
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double one,
      @ForAll @DoubleRange(min = -1e6, max = 1e6) double other) {
    double low = Math.min(one, other);
    double high = Math.max(one, other);

    Scale scale = Scale.around(low, high);

    assertThat(scale.position(low)).isBetween(-1e-6, 1 + 1e-6);
    assertThat(scale.position(high)).isBetween(-1e-6, 1 + 1e-6);
    assertThat(scale.ticks()).hasSizeBetween(2, 9);
  }

  @Property
  void lengths_any_countEachTextOnce(
      @ForAll @Size(min = 1, max = 200) List<@IntRange(min = 0, max = 5000) Integer> lengths) {
    int[] tokens = lengths.stream().mapToInt(Integer::intValue).toArray();

    LengthChart chart = LengthChart.of(tokens, 100);

    assertThat(chart.bars().stream().mapToLong(LengthChart.Bar::count).sum())
        .isEqualTo(tokens.length);
    assertThat(chart.bars()).hasSizeLessThanOrEqualTo(31);
    assertThat(chart.cut()).isEqualTo(IntStream.of(tokens).filter(length -> length > 100).count());
  }

  @Test
  void lengths_fewLongOnes_areCountedInTheLastBar() {
    int[] tokens =
        IntStream.concat(IntStream.range(0, 500).map(i -> i % 20), IntStream.of(9000)).toArray();

    LengthChart chart = LengthChart.of(tokens, 64);

    LengthChart.Bar last = chart.bars().get(chart.bars().size() - 1);
    assertThat(last.open()).isTrue();
    assertThat(last.range()).isEqualTo("19 or more");
    assertThat(chart.lengths().to()).isEqualTo(20);
    assertThat(chart.showsLimit()).isFalse();
  }

  @Test
  void durations_ofAllSizes_areReadable() {
    assertThat(IntStream.of(4, 42, 67, 7500).mapToObj(Numbers::duration))
        .containsExactly("4.0 s", "42 s", "1 min 07 s", "2 h 05 min");
  }
}
