package io.sentimentstreams.model;

import io.sentimentstreams.kernel.VectorLoops;
import java.util.Arrays;

/**
 * Embedding, convolution over time, relu and pooling.
 *
 * <p>The product of embedding and kernel is a table of a row of filters for each place in the
 * window and each word; the bias is in the rows of the window's middle, which is never outside of
 * the text. The convolution at a position is then the sum of as many rows as the window is wide,
 * and nothing is multiplied. The search for the largest value begins at 0, which is relu; begun at
 * a window far below 0, {@link VectorLoops#max} would round the later ones by that window's size.
 *
 * <p>Each row is an array of its own: {@link VectorLoops} need arrays without offsets. Texts are
 * computed one after the other, so that nothing is padded and a batch of one is as fast as any.
 */
final class CompiledConv1d implements CompiledLayers {
  /** The windows that have loops of their own; narrower ones are filled up with rows of zeros. */
  private static final int NARROW = 3;

  private static final int WIDE = 5;

  private final int filters;
  private final int width;
  private final int before;
  private final Pooling pooling;
  private final float[] zeros;
  private final float[][][] table; // [place in the window][word][filter]

  CompiledConv1d(NetworkForm.Conv1dPool network, Weights weights) {
    this.filters = network.filters();
    this.width = network.width();
    this.before = (width - 1) / 2;
    this.pooling = network.pooling();
    this.zeros = new float[filters];
    Tensor embedding = weights.tensor("embedding.weight");
    float[] kernel = weights.tensor("conv1d.kernel").values(); // [width, embedding, filter]
    int plane = network.embeddingSize() * filters;
    this.table = new float[width][][];
    for (int place = 0; place < width; place++) {
      float[][] rows = new float[embedding.shape()[0]][filters];
      float[] matrix = Arrays.copyOfRange(kernel, place * plane, (place + 1) * plane);
      FoldedEmbedding.into(embedding, matrix, word -> new FoldedEmbedding.Place(rows[word], 0));
      table[place] = rows;
    }
    float[] bias = weights.tensor("conv1d.bias").values();
    for (float[] row : table[before]) {
      VectorLoops.add(row, bias, filters);
    }
  }

  /** Bytes of the tables. */
  static long tableBytes(NetworkForm.Conv1dPool network, int vocabularySize) {
    return (long) network.width() * vocabularySize * network.filters() * Float.BYTES;
  }

  @Override
  public int features() {
    return switch (pooling) {
      case MAX -> filters;
      case MAX_AND_MEAN -> 2 * filters;
    };
  }

  @Override
  public long bytes() {
    return (long) width * table[0].length * filters * Float.BYTES;
  }

  @Override
  public Scratch scratch(int rows) {
    return new Windows();
  }

  @Override
  public void close() {
    // All of it is on the heap.
  }

  /** What a word adds to the filters from a place in the window, see {@link ConvolutionShares}. */
  float[] row(int place, int word) {
    return table[place][word];
  }

  /** The row of a word at a place of the window around a position; zeros outside of the text. */
  private float[] row(int[] ids, int position, int place) {
    int at = position + place - before;
    return place < width && at >= 0 && at < ids.length ? table[place][ids[at]] : zeros;
  }

  /** Computes the windows of one text after the other. */
  private final class Windows implements Scratch {
    private final float[] largest = new float[filters];
    private final float[] total = new float[filters];
    private final float[] window = new float[filters];

    @Override
    public void pool(int[][] texts, float[] features) {
      for (int text = 0; text < texts.length; text++) {
        int to = text * features();
        switch (pooling) {
          case MAX -> largest(texts[text]);
          case MAX_AND_MEAN -> {
            largestAndTotal(texts[text]);
            mean(texts[text].length, features, to + filters);
          }
        }
        System.arraycopy(largest, 0, features, to, filters);
      }
    }

    private void largest(int[] ids) {
      Arrays.fill(largest, 0);
      for (int position = 0; position < ids.length; position++) {
        raise(ids, position);
      }
    }

    /** Raises the largest values to those of a window. */
    private void raise(int[] ids, int position) {
      if (width <= NARROW) {
        VectorLoops.maxOfSum(
            largest, row(ids, position, 0), row(ids, position, 1), row(ids, position, 2), filters);
      } else if (width <= WIDE) {
        VectorLoops.maxOfSum(
            largest,
            row(ids, position, 0),
            row(ids, position, 1),
            row(ids, position, 2),
            row(ids, position, 3),
            row(ids, position, 4),
            filters);
      } else {
        window(ids, position, window);
        VectorLoops.max(largest, window, filters);
      }
    }

    /** The mean is of the values after relu, which therefore comes at each position. */
    private void largestAndTotal(int[] ids) {
      Arrays.fill(largest, 0);
      Arrays.fill(total, 0);
      for (int position = 0; position < ids.length; position++) {
        window(ids, position, window);
        VectorLoops.max(largest, window, filters);
        VectorLoops.addRelu(total, window, filters);
      }
    }

    private void mean(int tokens, float[] features, int to) {
      for (int filter = 0; filter < filters; filter++) {
        features[to + filter] = total[filter] / tokens;
      }
    }

    /** The convolution at a position, before relu. */
    private void window(int[] ids, int position, float[] result) {
      if (width <= NARROW) {
        VectorLoops.sum(
            row(ids, position, 0), row(ids, position, 1), row(ids, position, 2), result, filters);
        return;
      }
      VectorLoops.sum(
          row(ids, position, 0),
          row(ids, position, 1),
          row(ids, position, 2),
          row(ids, position, 3),
          row(ids, position, 4),
          result,
          filters);
      for (int place = WIDE; place < width; place++) {
        VectorLoops.add(result, row(ids, position, place), filters);
      }
    }

    @Override
    public void close() {
      // All of it is on the heap.
    }
  }
}
