package io.sentimentstreams.layers;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A random matrix whose rows are orthonormal, or where it is taller than wide its columns: Gram and
 * Schmidt's method on Gaussian vectors (Saxe et al. 2014 give the reason).
 */
final class OrthonormalRows {
  private OrthonormalRows() {}

  static INDArray of(int rows, int columns, RandomGenerator random) {
    if (rows > columns) {
      return of(columns, rows, random).transpose();
    }
    double[][] vectors = new double[rows][columns];
    for (int row = 0; row < rows; row++) {
      double[] vector = vectors[row];
      do {
        for (int i = 0; i < columns; i++) {
          vector[i] = random.nextGaussian();
        }
        // A second time takes out what rounding left.
        removeOthers(vectors, row);
        removeOthers(vectors, row);
      } while (!normalize(vector));
    }
    return Nd4j.createFromArray(vectors).castTo(DataType.FLOAT);
  }

  private static void removeOthers(double[][] vectors, int row) {
    for (int other = 0; other < row; other++) {
      double product = 0;
      for (int i = 0; i < vectors[row].length; i++) {
        product += vectors[row][i] * vectors[other][i];
      }
      for (int i = 0; i < vectors[row].length; i++) {
        vectors[row][i] -= product * vectors[other][i];
      }
    }
  }

  /** Whether the vector was long enough to be scaled to length 1. */
  private static boolean normalize(double[] vector) {
    double square = 0;
    for (double value : vector) {
      square += value * value;
    }
    double length = Math.sqrt(square);
    if (length < 1e-6) {
      return false;
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return true;
  }
}
