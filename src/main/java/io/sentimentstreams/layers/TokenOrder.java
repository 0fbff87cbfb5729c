package io.sentimentstreams.layers;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The order in which a batch's tokens are computed: step by step, within a step the rows by falling
 * length, so that the rows that still have a token are the first ones. Padding has no place in it.
 *
 * <p>A row's tokens are where its mask is 1, wherever that is; a row without tokens has no place.
 */
final class TokenOrder {
  private final int batch;
  private final int time;
  private final int[] rows; // [batch] rows of the batch by falling length
  private final int[] lengths; // [batch] of these rows
  private final int[] starts; // [steps + 1] of a step's first token
  private final int[] forward; // [tokens] places, see place()
  private final int[] backward; // [tokens]

  private TokenOrder(int batch, int time, int[][] places, int[] rows) {
    this.batch = batch;
    this.time = time;
    this.rows = rows;
    this.lengths = Arrays.stream(rows).map(row -> places[row].length).toArray();
    int steps = batch == 0 ? 0 : places[rows[0]].length;
    this.starts = new int[steps + 1];
    int running = batch;
    for (int step = 0; step < steps; step++) {
      while (places[rows[running - 1]].length <= step) {
        running--;
      }
      starts[step + 1] = starts[step] + running;
    }
    this.forward = new int[starts[steps]];
    this.backward = new int[starts[steps]];
    for (int step = 0; step < steps; step++) {
      for (int at = starts[step]; at < starts[step + 1]; at++) {
        int[] row = places[rows[at - starts[step]]];
        forward[at] = row[step];
        backward[at] = row[row.length - 1 - step];
      }
    }
  }

  /**
   * Of a batch.
   *
   * @param mask {@code [batch, time]}, 1 and 0; null where every place has a token
   */
  static TokenOrder of(@Nullable INDArray mask, int batch, int time) {
    int[][] places = places(mask == null ? null : Sequences.values(mask), batch, time);
    return new TokenOrder(batch, time, places, byFallingLength(places, time));
  }

  private static int[][] places(float @Nullable [] mask, int batch, int time) {
    int[][] places = new int[batch][];
    int[] found = new int[time];
    for (int row = 0; row < batch; row++) {
      int length = 0;
      for (int step = 0; step < time; step++) {
        if (mask == null || mask[row * time + step] != 0) {
          found[length++] = step * batch + row;
        }
      }
      places[row] = Arrays.copyOf(found, length);
    }
    return places;
  }

  /** Counting sort: rows of one length stay in their order. */
  private static int[] byFallingLength(int[][] places, int time) {
    int[] next = new int[time + 2];
    for (int[] row : places) {
      next[time - row.length + 1]++;
    }
    for (int i = 1; i < next.length; i++) {
      next[i] += next[i - 1];
    }
    int[] rows = new int[places.length];
    for (int row = 0; row < places.length; row++) {
      rows[next[time - places[row].length]++] = row;
    }
    return rows;
  }

  int batch() {
    return batch;
  }

  int time() {
    return time;
  }

  /** Tokens of the longest row. */
  int steps() {
    return starts.length - 1;
  }

  /** Tokens of all rows. */
  int tokens() {
    return starts[starts.length - 1];
  }

  /** Where all places have a token: then the order is that of memory. */
  boolean isDense() {
    return tokens() == batch * time;
  }

  /** Index of a step's first token; {@code start(steps())} is the number of tokens. */
  int start(int step) {
    return starts[step];
  }

  /** Rows with a token at the step; 0 beyond the last. */
  int rowsAt(int step) {
    return step >= steps() ? 0 : starts[step + 1] - starts[step];
  }

  /** The row of the batch that is at an index of the order. */
  int row(int index) {
    return rows[index];
  }

  /** Tokens of the row at an index of the order. */
  int length(int index) {
    return lengths[index];
  }

  /**
   * For each token in this order its place in memory, {@code time * batch + row}.
   *
   * @param reversed whether each row is read from its last token to its first
   */
  int[] places(boolean reversed) {
    return reversed ? backward : forward;
  }
}
