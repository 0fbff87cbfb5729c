package io.sentimentstreams.model;

import io.sentimentstreams.kernel.NativeFloats;
import io.sentimentstreams.kernel.OpenBlas;
import io.sentimentstreams.kernel.Tanh;
import io.sentimentstreams.kernel.VectorLoops;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.jspecify.annotations.Nullable;

/**
 * Embedding, bidirectional LSTM and pooling.
 *
 * <p>The product of embedding and kernel, with the bias, is a table of {@code [vocabulary, 4 *
 * units]} a direction, so that of a step only the recurrent product is left. The sums of the
 * sigmoid gates are halved in table and weights: then all gates are tanh, see {@link
 * VectorLoops#cell}.
 *
 * <p>At each step only the texts that are not at their end are computed. The backward direction
 * begins at each text's own last token. So nothing is padded, and no mask is needed.
 */
final class CompiledBiLstm implements CompiledLayers {
  private static final int GATES = 4;
  private static final int CANDIDATE = 2;
  private static final String[] DIRECTIONS = {"lstm.forward.", "lstm.backward."};

  /** Up to here {@link Tanh#ofModerate} is exact, with room for the products' rounding. */
  private static final double LARGEST_SUM = 1e6;

  private final int units;
  private final Pooling pooling;
  private final float[][] tables; // [direction][vocabulary * gate * unit]
  private final NativeFloats recurrent; // [direction, gate, unit before, unit]

  CompiledBiLstm(NetworkForm.BiLstm network, Weights weights) {
    this.units = network.units();
    this.pooling = network.pooling();
    this.tables = new float[DIRECTIONS.length][];
    float[] planes = new float[DIRECTIONS.length * GATES * units * units];
    for (int direction = 0; direction < DIRECTIONS.length; direction++) {
      String name = DIRECTIONS[direction];
      tables[direction] = table(weights, name);
      putPlanes(weights.tensor(name + "recurrent_kernel").values(), planes, direction);
    }
    this.recurrent = NativeFloats.of(planes);
  }

  /** Why the network cannot be compiled; null where it can. */
  static @Nullable String obstacle(Weights weights) {
    Tensor embedding = weights.tensor("embedding.weight");
    for (String name : DIRECTIONS) {
      Tensor kernel = weights.tensor(name + "kernel");
      long columns = kernel.shape()[1];
      long planes = DIRECTIONS.length * columns * columns / GATES;
      long elements = Math.max(embedding.shape()[0] * columns, planes);
      if (elements > Integer.MAX_VALUE - 8) {
        return "needs a table of %,d numbers, more than an array holds".formatted(elements);
      }
      double bound =
          FoldedEmbedding.bound(embedding, kernel)
              + FoldedEmbedding.largest(weights.tensor(name + "bias").values())
              + FoldedEmbedding.largestColumnSum(weights.tensor(name + "recurrent_kernel"));
      if (bound > LARGEST_SUM) {
        return "cannot compute weights this large: the sums in %s* may reach %.1e, and %.0e is the limit"
            .formatted(name, bound, LARGEST_SUM);
      }
    }
    return null;
  }

  /** Bytes of the tables. */
  static long tableBytes(NetworkForm.BiLstm network, int vocabularySize) {
    return (long) DIRECTIONS.length * vocabularySize * GATES * network.units() * Float.BYTES;
  }

  /** The sums of each word without the recurrent product: {@code [vocabulary, gate, unit]}. */
  private float[] table(Weights weights, String name) {
    Tensor embedding = weights.tensor("embedding.weight");
    float[] kernel = weights.tensor(name + "kernel").values().clone();
    float[] bias = weights.tensor(name + "bias").values().clone();
    int columns = GATES * units;
    halveSigmoids(kernel);
    halveSigmoids(bias);
    float[] table = new float[embedding.shape()[0] * columns];
    FoldedEmbedding.into(
        embedding, kernel, word -> new FoldedEmbedding.Place(table, word * columns));
    for (int i = 0; i < table.length; i++) {
      table[i] += bias[i % columns];
    }
    return table;
  }

  /** Halves all but the candidate's columns of {@code [rows, gate, unit]}. */
  private void halveSigmoids(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= scale(i / units % GATES);
    }
  }

  private static float scale(int gate) {
    return gate == CANDIDATE ? 1 : 0.5f;
  }

  /**
   * Puts a direction's recurrent kernel, {@code [unit before, gate, unit]}, as one matrix a gate:
   * four small products write the gates into arrays of their own, and are faster than a large one.
   */
  private void putPlanes(float[] kernel, float[] planes, int direction) {
    for (int before = 0; before < units; before++) {
      for (int gate = 0; gate < GATES; gate++) {
        int from = (before * GATES + gate) * units;
        int to = ((direction * GATES + gate) * units + before) * units;
        for (int unit = 0; unit < units; unit++) {
          planes[to + unit] = kernel[from + unit] * scale(gate);
        }
      }
    }
  }

  @Override
  public int features() {
    return switch (pooling) {
      case MAX -> 2 * units;
      case MAX_AND_MEAN -> 4 * units;
    };
  }

  @Override
  public long bytes() {
    long floats = recurrent.size();
    for (float[] table : tables) {
      floats += table.length;
    }
    return floats * Float.BYTES;
  }

  @Override
  public Scratch scratch(int rows) {
    return new Steps(rows);
  }

  @Override
  public void close() {
    recurrent.close();
  }

  /**
   * The steps of a batch. Arrays are {@code [direction, running text, unit]}, so that each
   * element-wise pass is one loop over both directions; as texts end, both halves move together.
   */
  private final class Steps implements Scratch {
    private final float[][] sums = new float[GATES][]; // the table's part, then the gates
    private final float[][] products = new float[GATES][]; // the recurrent part
    private final float[] cell;
    private final float[] tanhCell;
    private final float[] h;
    private final float[] largest;
    private final float[] total;
    private final NativeFloats memoryOfH;
    private final NativeFloats memoryOfProducts;
    private final FloatPointer nativeH; // [direction, running text, unit]
    private final FloatPointer nativeProducts; // [gate, direction, running text, unit]
    private final FloatPointer weights = recurrent.pointer();

    private Steps(int rows) {
      int cells = DIRECTIONS.length * rows * units;
      for (int gate = 0; gate < GATES; gate++) {
        sums[gate] = new float[cells];
        products[gate] = new float[cells];
      }
      cell = new float[cells];
      tanhCell = new float[cells];
      h = new float[cells];
      largest = new float[cells];
      total = new float[pooling == Pooling.MAX_AND_MEAN ? cells : 0];
      memoryOfH = new NativeFloats(cells);
      memoryOfProducts = new NativeFloats((long) GATES * cells);
      nativeH = memoryOfH.pointer();
      nativeProducts = memoryOfProducts.pointer();
    }

    @Override
    public void pool(int[][] texts, float[] features) {
      int running = texts.length;
      for (int step = 0; step < texts[0].length; step++) {
        int left = running;
        while (texts[left - 1].length <= step) {
          left--;
        }
        end(left, running, texts, features);
        running = left;
        gather(texts, running, step);
        if (step == 0) {
          firstStep(DIRECTIONS.length * running * units);
        } else {
          recur(running);
          laterStep(DIRECTIONS.length * running * units);
        }
      }
      end(0, running, texts, features);
    }

    /** The words' sums: from the start for the forward direction, from the end for the other. */
    private void gather(int[][] texts, int running, int step) {
      int half = running * units;
      for (int row = 0; row < running; row++) {
        int[] ids = texts[row];
        copyWord(tables[0], ids[step], row * units);
        copyWord(tables[1], ids[ids.length - 1 - step], half + row * units);
      }
    }

    private void copyWord(float[] table, int word, int to) {
      int from = word * GATES * units;
      System.arraycopy(table, from, sums[0], to, units);
      System.arraycopy(table, from + units, sums[1], to, units);
      System.arraycopy(table, from + 2 * units, sums[2], to, units);
      System.arraycopy(table, from + 3 * units, sums[3], to, units);
    }

    /** The recurrent products of the running texts, one for each direction and gate. */
    private void recur(int running) {
      int half = running * units;
      nativeH.position(0).put(h, 0, 2 * half);
      for (int direction = 0; direction < DIRECTIONS.length; direction++) {
        nativeH.position((long) direction * half);
        for (int gate = 0; gate < GATES; gate++) {
          weights.position((long) (direction * GATES + gate) * units * units);
          nativeProducts.position((2L * gate + direction) * half);
          OpenBlas.multiply(running, units, units, nativeH, weights, nativeProducts);
        }
      }
      for (int gate = 0; gate < GATES; gate++) {
        nativeProducts.position(2L * gate * half).get(products[gate], 0, 2 * half);
      }
    }

    private void firstStep(int cells) {
      VectorLoops.tanh(sums[0], sums[0], cells);
      VectorLoops.tanh(sums[2], sums[2], cells);
      VectorLoops.tanh(sums[3], sums[3], cells);
      VectorLoops.firstCell(sums[0], sums[2], cell, cells);
      VectorLoops.tanh(cell, tanhCell, cells);
      VectorLoops.output(sums[3], tanhCell, h, cells);
      System.arraycopy(h, 0, largest, 0, cells);
      if (pooling == Pooling.MAX_AND_MEAN) {
        System.arraycopy(h, 0, total, 0, cells);
      }
    }

    private void laterStep(int cells) {
      VectorLoops.tanhOfSum(sums[0], products[0], cells);
      VectorLoops.tanhOfSum(sums[1], products[1], cells);
      VectorLoops.tanhOfSum(sums[2], products[2], cells);
      VectorLoops.tanhOfSum(sums[3], products[3], cells);
      VectorLoops.cell(sums[0], sums[1], sums[2], cell, cells);
      VectorLoops.tanh(cell, tanhCell, cells);
      VectorLoops.output(sums[3], tanhCell, h, cells);
      VectorLoops.max(largest, h, cells);
      if (pooling == Pooling.MAX_AND_MEAN) {
        VectorLoops.add(total, h, cells);
      }
    }

    /** Takes the features of the texts from {@code left} to {@code running}, which have ended. */
    private void end(int left, int running, int[][] texts, float[] features) {
      if (left == running) {
        return;
      }
      int half = running * units;
      for (int row = left; row < running; row++) {
        int to = row * features();
        System.arraycopy(largest, row * units, features, to, units);
        System.arraycopy(largest, half + row * units, features, to + units, units);
        if (pooling == Pooling.MAX_AND_MEAN) {
          mean(row * units, texts[row].length, features, to + 2 * units);
          mean(half + row * units, texts[row].length, features, to + 3 * units);
        }
      }
      for (float[] state : List.of(cell, h, largest)) {
        System.arraycopy(state, half, state, left * units, left * units);
      }
      if (pooling == Pooling.MAX_AND_MEAN) {
        System.arraycopy(total, half, total, left * units, left * units);
      }
    }

    private void mean(int from, int tokens, float[] features, int to) {
      for (int unit = 0; unit < units; unit++) {
        features[to + unit] = total[from + unit] / tokens;
      }
    }

    @Override
    public void close() {
      memoryOfH.close();
      memoryOfProducts.close();
    }
  }
}
