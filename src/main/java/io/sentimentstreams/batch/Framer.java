package io.sentimentstreams.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Splits the rows of one partition into micro-batches; the order is kept and no row is left out.
 */
public final class Framer {
  private Framer() {}

  /** Splits by {@link FrameRow#bytes()}. */
  public static List<List<FrameRow>> split(List<FrameRow> rows, BatchPolicy policy) {
    return split(rows, policy, FrameRow::bytes);
  }

  /**
   * Fills each batch from the front until one more row would pass a limit of the policy. A row
   * larger than the policy's bytes is alone in its batch.
   *
   * @param bytes the size of a row, 0 or more
   * @return batches of at least one row; none where there are no rows
   */
  public static <T> List<List<T>> split(
      List<T> rows, BatchPolicy policy, ToLongFunction<? super T> bytes) {
    List<List<T>> batches = new ArrayList<>();
    int start = 0;
    long filled = 0;
    for (int i = 0; i < rows.size(); i++) {
      long size = bytes.applyAsLong(rows.get(i));
      boolean full = i - start == policy.maximumRows() || filled + size > policy.maximumBytes();
      if (i > start && full) {
        batches.add(List.copyOf(rows.subList(start, i)));
        start = i;
        filled = 0;
      }
      filled += size;
    }
    if (start < rows.size()) {
      batches.add(List.copyOf(rows.subList(start, rows.size())));
    }
    return batches;
  }
}
