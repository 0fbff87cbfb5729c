package io.sentimentstreams.layers;

import org.bytedeco.javacpp.FloatPointer;

/** Transposes matrices in tiles that touch few cache lines. */
final class Transposition {
  private static final int TILE = 16;

  private Transposition() {}

  /**
   * Transposes each matrix.
   *
   * @param source {@code [matrices, rows, columns]}
   * @param target {@code [matrices, columns, rows]}
   */
  static void of(int matrices, int rows, int columns, FloatPointer source, FloatPointer target) {
    float[] values = new float[matrices * rows * columns];
    float[] turned = new float[values.length];
    source.get(values, 0, values.length);
    for (int from = 0; from < values.length; from += rows * columns) {
      for (int row = 0; row < rows; row += TILE) {
        for (int column = 0; column < columns; column += TILE) {
          tile(values, turned, from, row, column, rows, columns);
        }
      }
    }
    target.put(turned, 0, turned.length);
  }

  private static void tile(
      float[] source, float[] target, int from, int top, int left, int rows, int columns) {
    int bottom = Math.min(top + TILE, rows);
    int right = Math.min(left + TILE, columns);
    for (int column = left; column < right; column++) {
      for (int row = top; row < bottom; row++) {
        target[from + column * rows + row] = source[from + row * columns + column];
      }
    }
  }
}
