package io.sentimentstreams.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides texts of mixed lengths into batches that waste little on padding.
 *
 * <p>Sorted by length, neighbours go into one batch. Where to cut is found by dynamic programming
 * over a simple cost: a batch of {@code n} texts padded to {@code t} tokens costs {@code t * (n +
 * overheadRows)}, since an LSTM's fixed work is done once for each time step.
 */
final class LengthBuckets {
  private LengthBuckets() {}

  /**
   * Divides.
   *
   * @param lengths tokens of each text, at least 1
   * @param maximumRows most texts in a batch
   * @param maximumTokens most tokens in a batch, padding included; a longer text is a batch of its
   *     own
   * @param overheadRows texts that a time step's fixed work costs as much as
   * @return batches of indices into {@code lengths}, each index in exactly one
   */
  static List<int[]> divide(int[] lengths, int maximumRows, int maximumTokens, int overheadRows) {
    int[] order =
        IntStream.range(0, lengths.length)
            .boxed()
            .sorted(Comparator.comparingInt(i -> lengths[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    int[] starts = cheapestStarts(order, lengths, maximumRows, maximumTokens, overheadRows);
    List<int[]> buckets = new ArrayList<>();
    for (int end = order.length; end > 0; end = starts[end]) {
      buckets.add(Arrays.copyOfRange(order, starts[end], end));
    }
    return buckets;
  }

  /** The most tokens of a batch's texts. */
  static int longest(int[] lengths, int[] batch) {
    return Arrays.stream(batch).map(row -> lengths[row]).max().orElse(0);
  }

  /** Tokens of all batches, each text padded to its batch's longest. */
  static long computedTokens(int[] lengths, List<int[]> batches) {
    return batches.stream().mapToLong(batch -> (long) batch.length * longest(lengths, batch)).sum();
  }

  /** For each end of a batch, in sorted order and exclusive, where the batch best starts. */
  private static int[] cheapestStarts(
      int[] order, int[] lengths, int maximumRows, int maximumTokens, int overheadRows) {
    int[] starts = new int[order.length + 1];
    long[] cost = new long[order.length + 1];
    for (int end = 1; end <= order.length; end++) {
      long longest = lengths[order[end - 1]];
      cost[end] = Long.MAX_VALUE;
      for (int start = end - 1; start >= 0; start--) {
        int rows = end - start;
        if (rows > 1 && (rows > maximumRows || rows * longest > maximumTokens)) {
          break;
        }
        long total = cost[start] + longest * (rows + overheadRows);
        if (total < cost[end]) {
          cost[end] = total;
          starts[end] = start;
        }
      }
    }
    return starts;
  }
}
