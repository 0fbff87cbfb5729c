package io.sentimentstreams.layers;

import java.nio.FloatBuffer;

/**
 * Where a direction's outputs go, or the loss by them comes from: rows of {@code width} floats, of
 * which the direction has those from {@code offset}.
 *
 * @param values {@code [time, batch, width]} for sequences, {@code [batch, width]} for last states
 * @param sequences whether each token has a row, or only each text
 */
record RowValues(FloatBuffer values, int width, int offset, boolean sequences) {

  /** The same rows for a direction of which the values are from {@code offset}. */
  RowValues at(int offset) {
    return new RowValues(values, width, offset, sequences);
  }

  /** Puts a step's values, {@code [rows at the step, units]}. */
  void put(TokenOrder order, int[] places, int step, float[] source, int units) {
    int start = order.start(step);
    for (int row = firstRow(order, step); row < order.rowsAt(step); row++) {
      int place = sequences ? places[start + row] : order.row(row);
      values.put(place * width + offset, source, row * units, units);
    }
  }

  /** Gets a step's values; those of a row that has none at this step stay as they are. */
  void get(TokenOrder order, int[] places, int step, float[] target, int units) {
    int start = order.start(step);
    for (int row = firstRow(order, step); row < order.rowsAt(step); row++) {
      int place = sequences ? places[start + row] : order.row(row);
      values.get(place * width + offset, target, row * units, units);
    }
  }

  /** The first row that has a value at the step: of last states, the first that ends there. */
  int firstRow(TokenOrder order, int step) {
    return sequences ? 0 : order.rowsAt(step + 1);
  }
}
