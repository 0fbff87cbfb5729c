package io.sentimentstreams.text;

import java.util.Arrays;

/** In how many texts each of many numbers occurs, such as n-grams by their keys or hashes. */
public final class TextCounts {
  private long[] values = new long[64]; // of all texts, each once a text
  private int size;

  /**
   * Counts a text.
   *
   * @param own the text's numbers, in any order; sorted by this call
   */
  public void add(long[] own) {
    Arrays.sort(own);
    for (int i = 0; i < own.length; i++) {
      if (i == 0 || own[i] != own[i - 1]) {
        append(own[i]);
      }
    }
  }

  private void append(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
    }
    values[size++] = value;
  }

  /** The numbers of at least so many texts, ascending. */
  public long[] ofAtLeast(int texts) {
    long[] sorted = Arrays.copyOf(values, size);
    Arrays.sort(sorted);
    int kept = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        if (i - from >= texts) {
          sorted[kept++] = sorted[from];
        }
        from = i;
      }
    }
    return Arrays.copyOf(sorted, kept);
  }
}
