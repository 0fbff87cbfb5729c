package io.sentimentstreams.model;

import java.util.Arrays;

/** How a graph's values, in row-major order, become a bundle's and back. */
interface WeightOrder {
  /** Both alike. */
  WeightOrder SAME = new WeightOrder() {};

  /**
   * A kernel {@code [width, inputs, filters]}. Deeplearning4j's one-dimensional convolution
   * declares the shape {@code [filters, inputs, width, 1]} but reads the same values in row-major
   * order as a bundle's, as measured with release 1.0.0-M2.1.
   */
  WeightOrder CONVOLUTION =
      new WeightOrder() {
        @Override
        public int[] shape(long[] graph) {
          return ints(graph[2], graph[1], graph[0]);
        }
      };

  /** A kernel {@code [inputs, outputs]} that in the graph is a convolution's, of width 1. */
  WeightOrder PER_STEP =
      new WeightOrder() {
        @Override
        public int[] shape(long[] graph) {
          return ints(graph[1], graph[0]);
        }
      };

  /** A kernel {@code [inputs, outputs]} that in the graph is {@code [1, inputs, outputs]}. */
  WeightOrder ONE_STEP =
      new WeightOrder() {
        @Override
        public int[] shape(long[] graph) {
          return ints(graph[1], graph[2]);
        }
      };

  /** A vector that in a bundle is two rows. */
  WeightOrder TWO_ROWS =
      new WeightOrder() {
        @Override
        public int[] shape(long[] graph) {
          return ints(2, graph[0] / 2);
        }
      };

  /**
   * Columns of an LSTM's gates: input, forget, candidate, output in a bundle; Deeplearning4j's
   * blocks are candidate, forget, output, input.
   */
  WeightOrder LSTM_GATES = new Gates(3, 1, 0, 2);

  /** The bundle's shape of a graph's parameter. */
  default int[] shape(long[] graph) {
    return ints(graph);
  }

  /** The bundle's values of a graph's. */
  default float[] toBundle(float[] values, long[] graphShape) {
    return values;
  }

  /** The graph's values of a bundle's. */
  default float[] toGraph(float[] values, long[] graphShape) {
    return values;
  }

  /** The kernel of pooled features, the second half of which are means that the graph scales. */
  static WeightOrder means(float scale) {
    return new WeightOrder() {
      @Override
      public float[] toBundle(float[] values, long[] graphShape) {
        return secondHalf(values, scale);
      }

      @Override
      public float[] toGraph(float[] values, long[] graphShape) {
        return secondHalf(values, 1 / scale);
      }
    };
  }

  private static float[] secondHalf(float[] values, float factor) {
    float[] result = values.clone();
    for (int i = values.length / 2; i < values.length; i++) {
      result[i] *= factor;
    }
    return result;
  }

  /** The kernel of flattened steps: step by step in a bundle, feature by feature in the graph. */
  static WeightOrder flattened(int features) {
    return new WeightOrder() {
      @Override
      public float[] toBundle(float[] values, long[] graphShape) {
        return transposed(values, features, Math.toIntExact(graphShape[0] / features), graphShape);
      }

      @Override
      public float[] toGraph(float[] values, long[] graphShape) {
        return transposed(values, Math.toIntExact(graphShape[0] / features), features, graphShape);
      }
    };
  }

  /** {@code [first, second, columns]} to {@code [second, first, columns]}. */
  private static float[] transposed(float[] values, int first, int second, long[] shape) {
    int columns = Math.toIntExact(shape[1]);
    float[] result = new float[values.length];
    for (int i = 0; i < first; i++) {
      for (int j = 0; j < second; j++) {
        System.arraycopy(
            values, (i * second + j) * columns, result, (j * first + i) * columns, columns);
      }
    }
    return result;
  }

  private static int[] ints(long... values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /** Blocks of columns in another order. */
  final class Gates implements WeightOrder {
    /** Place of a bundle's gates among the graph's blocks. */
    private final int[] graphBlock;

    private Gates(int... graphBlock) {
      this.graphBlock = graphBlock;
    }

    @Override
    public float[] toBundle(float[] values, long[] graphShape) {
      return reordered(values, graphShape, true);
    }

    @Override
    public float[] toGraph(float[] values, long[] graphShape) {
      return reordered(values, graphShape, false);
    }

    private float[] reordered(float[] values, long[] shape, boolean toBundle) {
      int columns = Math.toIntExact(shape[shape.length - 1]);
      int units = columns / graphBlock.length;
      float[] result = new float[values.length];
      for (int row = 0; row < values.length; row += columns) {
        for (int gate = 0; gate < graphBlock.length; gate++) {
          int bundle = row + gate * units;
          int graph = row + graphBlock[gate] * units;
          System.arraycopy(
              values, toBundle ? graph : bundle, result, toBundle ? bundle : graph, units);
        }
      }
      return result;
    }
  }
}
