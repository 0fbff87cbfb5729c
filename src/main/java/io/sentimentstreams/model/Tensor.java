package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;

/**
 * A named array of weights, row by row (the last dimension is contiguous).
 *
 * <p>The arrays are shared, not copied: a model's weights are tens of megabytes. Nobody may write
 * to them once the tensor exists.
 *
 * @param name such as {@code output.kernel}
 * @param shape sizes of the dimensions; empty for a single number
 * @param values all finite, as many as the product of the shape
 */
// Arrays: see above; equality is by content.
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(String name, int[] shape, float[] values) {
  public Tensor {
    if (name.isEmpty()) {
      throw new InvalidInputException("tensor: a name is missing");
    }
    long product = elements(name, shape);
    if (product != values.length) {
      throw new InvalidInputException(
          "tensor %s: shape %s needs %d values, but there are %d"
              .formatted(name, Arrays.toString(shape), product, values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new InvalidInputException(
            "tensor %s: value %d is %s, but weights must be finite".formatted(name, i, values[i]));
      }
    }
  }

  /**
   * The product of a shape.
   *
   * @throws InvalidInputException where a dimension is negative or the product is larger than an
   *     array can be
   */
  static int elements(String name, int[] shape) {
    long product = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new InvalidInputException(
            "tensor %s: shape %s has a negative dimension".formatted(name, Arrays.toString(shape)));
      }
      product *= size;
      if (product > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(
            "tensor %s: shape %s is larger than an array can be"
                .formatted(name, Arrays.toString(shape)));
      }
    }
    return (int) product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tensor that
        && name.equals(that.name)
        && Arrays.equals(shape, that.shape)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + Arrays.hashCode(shape)) + Arrays.hashCode(values);
  }

  /** Name and shape; never the values. */
  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
