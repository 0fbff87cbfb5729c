package io.sentimentstreams.model;

import io.sentimentstreams.kernel.OpenBlas;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;

/**
 * The product of an embedding and the next layer's kernel: what the layer makes of each word, found
 * once instead of at each occurrence.
 */
final class FoldedEmbedding {
  private static final int WORDS_AT_ONCE = 1024;

  private FoldedEmbedding() {}

  /**
   * Computes {@code embedding * kernel}, some words at a time.
   *
   * @param embedding {@code [vocabulary, embedding]}
   * @param kernel {@code [embedding, columns]}
   * @param row where a word's {@code [columns]} go: array and offset
   */
  static void into(Tensor embedding, float[] kernel, IntFunction<Place> row) {
    int vocabulary = embedding.shape()[0];
    int inner = embedding.shape()[1];
    int columns = kernel.length / inner;
    float[] products = new float[WORDS_AT_ONCE * columns];
    try (FloatPointer words = new FloatPointer((long) WORDS_AT_ONCE * inner);
        FloatPointer weights = new FloatPointer(kernel);
        FloatPointer result = new FloatPointer((long) WORDS_AT_ONCE * columns)) {
      for (int first = 0; first < vocabulary; first += WORDS_AT_ONCE) {
        int count = Math.min(WORDS_AT_ONCE, vocabulary - first);
        words.put(embedding.values(), first * inner, count * inner);
        OpenBlas.multiply(count, columns, inner, words, weights, result);
        result.get(products, 0, count * columns);
        for (int word = 0; word < count; word++) {
          Place place = row.apply(first + word);
          System.arraycopy(products, word * columns, place.array(), place.offset(), columns);
        }
      }
    }
  }

  /** Where a row begins. */
  // The array is written to, that is its purpose.
  @SuppressWarnings("ArrayRecordComponent")
  record Place(float[] array, int offset) {}

  /**
   * The largest absolute value that a word's product with the kernel can have, or a little more.
   */
  static double bound(Tensor embedding, Tensor kernel) {
    return largest(embedding.values()) * largestColumnSum(kernel);
  }

  /** The largest absolute value. */
  static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The largest of the columns' sums of absolute values. */
  static double largestColumnSum(Tensor matrix) {
    int columns = matrix.shape()[1];
    double[] sums = new double[columns];
    float[] values = matrix.values();
    for (int i = 0; i < values.length; i++) {
      sums[i % columns] += Math.abs(values[i]);
    }
    return Arrays.stream(sums).max().orElse(0);
  }
}
