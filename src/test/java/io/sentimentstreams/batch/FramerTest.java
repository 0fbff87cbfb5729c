package io.sentimentstreams.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FramerTest {
  /** A row of this size in bytes; two of the same size are not the same row. */
  private static final class Sized {
    private final int bytes;

    Sized(int bytes) {
      this.bytes = bytes;
    }
  }

  @Property
  void rows_split_areAllThereInOrderAndFillEachBatch(
      @ForAll @Size(max = 50) List<@IntRange(max = 30) Integer> sizes,
      @ForAll @IntRange(min = 1, max = 10) int maximumRows,
      @ForAll @IntRange(min = 1, max = 60) int maximumBytes) {
    List<Sized> rows = sizes.stream().map(Sized::new).toList();
    BatchPolicy policy = new BatchPolicy(maximumRows, maximumBytes);

    List<List<Sized>> batches = Framer.split(rows, policy, row -> row.bytes);

    assertThat(batches.stream().flatMap(List::stream)).containsExactlyElementsOf(rows);
    for (int i = 0; i < batches.size(); i++) {
      List<Sized> batch = batches.get(i);
      assertThat(batch).isNotEmpty();
      assertThat(fits(batch, policy) || batch.size() == 1).isTrue();
      if (i > 0) {
        List<Sized> oneMore = new ArrayList<>(batches.get(i - 1));
        oneMore.add(batch.get(0));
        assertThat(fits(oneMore, policy)).isFalse();
      }
    }
  }

  private static boolean fits(List<Sized> batch, BatchPolicy policy) {
    int bytes = batch.stream().mapToInt(row -> row.bytes).sum();
    return batch.size() <= policy.maximumRows() && bytes <= policy.maximumBytes();
  }

  @Test
  void row_largerThanThePolicy_isAlone() {
    List<FrameRow> rows = List.of(row(0, 4), row(1, 400), row(2, 4), row(3, 4));

    List<List<FrameRow>> batches = Framer.split(rows, new BatchPolicy(10, 100));

    assertThat(batches).containsExactly(rows.subList(0, 1), rows.subList(1, 2), rows.subList(2, 4));
  }

  @Test
  void sizes_ofManyLargeRows_doNotOverflow() {
    List<Long> rows = List.of(Long.valueOf(Integer.MAX_VALUE), Long.valueOf(Integer.MAX_VALUE), 1L);

    assertThat(Framer.split(rows, new BatchPolicy(10, Integer.MAX_VALUE), Long::longValue))
        .hasSize(3);
  }

  @Test
  void noRows_split_giveNoBatch() {
    assertThat(Framer.split(List.of(), new BatchPolicy(1, 1))).isEmpty();
  }

  private static FrameRow row(long offset, int bytes) {
    return new FrameRow(offset, 0, null, new byte[bytes], List.of());
  }
}
