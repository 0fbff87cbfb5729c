package io.sentimentstreams.model;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The parts that the scores of an embedding, a convolution with relu, pooling and dense layers are
 * made of. Exact: of a filter's largest value over the text, each token of the window that has it
 * holds the product of its vector and the filter's kernel at its place, and no other token holds
 * anything (Jacovi, Sar Shalom, Goldberg 2018, Understanding Convolutional Neural Networks for Text
 * Classification). Of the mean, the tokens of each window above 0 hold theirs. What a pooled value
 * counts for in the difference of two labels' scores is the sum of the weights on its ways to them;
 * ways through a unit of the hidden layer count where relu lets it pass for this text. Shares and
 * rest sum up to the difference.
 *
 * <p>Immutable. The time is that of the convolution, twice; the memory that of a few rows of
 * filters.
 */
final class ConvolutionShares {

  /** What a word adds to the filters from a place in the window. */
  @FunctionalInterface
  interface Rows {
    /** {@code [filters]}, not to be written to; in the window's middle with the filters' bias. */
    float[] row(int place, int word);
  }

  private final int filters;
  private final int width;
  private final int before;
  private final Pooling pooling;
  private final Rows rows;
  private final float[] bias; // [filters]
  private final @Nullable Tensor hidden; // [features, units]
  private final @Nullable Tensor hiddenBias; // [units]
  private final Tensor output; // [units or features, labels]
  private final Tensor outputBias; // [labels]

  /**
   * The parts of a network's scores.
   *
   * @param rows tables of the words' parts, where there are any; else they are computed from the
   *     weights at each occurrence
   */
  ConvolutionShares(NetworkForm.Conv1dPool network, Weights weights, @Nullable Rows rows) {
    filters = network.filters();
    width = network.width();
    before = (width - 1) / 2;
    pooling = network.pooling();
    bias = weights.tensor("conv1d.bias").values();
    this.rows = rows == null ? computed(weights) : rows;
    boolean deep = network.hidden() > 0;
    hidden = deep ? weights.tensor("hidden.kernel") : null;
    hiddenBias = deep ? weights.tensor("hidden.bias") : null;
    output = weights.tensor("output.kernel");
    outputBias = weights.tensor("output.bias");
  }

  private Rows computed(Weights weights) {
    Tensor embedding = weights.tensor("embedding.weight"); // [vocabulary, embedding]
    float[] kernel = weights.tensor("conv1d.kernel").values(); // [width, embedding, filters]
    int size = embedding.shape()[1];
    return (place, word) -> {
      float[] row = place == before ? bias.clone() : new float[filters];
      for (int i = 0; i < size; i++) {
        float value = embedding.values()[word * size + i];
        int from = (place * size + i) * filters;
        for (int filter = 0; filter < filters; filter++) {
          row[filter] += value * kernel[from + filter];
        }
      }
      return row;
    };
  }

  /**
   * The parts of the difference of two labels' scores, before softmax.
   *
   * @param ids token ids, {@code [time]}
   */
  Attribution of(int[] ids, int label, int against) {
    Pooled pooled = new Pooled(ids);
    double[] weights = new double[pooled.features().length];
    double rest = weigh(pooled.features(), label, against, weights);
    double[] shares = new double[ids.length];
    rest += pooled.share(weights, shares);
    return new Attribution(shares, rest);
  }

  /**
   * What each pooled value counts for.
   *
   * @param features {@code [features]}
   * @param weights receives {@code [features]}
   * @return the biases' part
   */
  private double weigh(double[] features, int label, int against, double[] weights) {
    double rest = (double) outputBias.values()[label] - outputBias.values()[against];
    if (hidden == null || hiddenBias == null) {
      Arrays.setAll(weights, feature -> difference(feature, label, against));
      return rest;
    }
    int units = hiddenBias.values().length;
    for (int unit = 0; unit < units; unit++) {
      double sum = hiddenBias.values()[unit];
      for (int feature = 0; feature < features.length; feature++) {
        sum += features[feature] * hidden.values()[feature * units + unit];
      }
      if (sum > 0) {
        double counts = difference(unit, label, against);
        rest += counts * hiddenBias.values()[unit];
        for (int feature = 0; feature < features.length; feature++) {
          weights[feature] += counts * hidden.values()[feature * units + unit];
        }
      }
    }
    return rest;
  }

  private double difference(int input, int label, int against) {
    int row = input * output.shape()[1];
    return (double) output.values()[row + label] - output.values()[row + against];
  }

  /** The convolution of a text, pooled. */
  private final class Pooled {
    private final int[] ids;
    private final double[] features; // [features]
    private final int[] places; // [filters]: the first position of the largest value, -1 for none
    private final double[] window; // [filters]

    Pooled(int[] ids) {
      this.ids = ids;
      features = new double[pooling == Pooling.MAX ? filters : 2 * filters];
      places = new int[filters];
      window = new double[filters];
      Arrays.fill(places, -1);
      for (int position = 0; position < ids.length; position++) {
        convolve(position);
        for (int filter = 0; filter < filters; filter++) {
          // Values begin at 0, which is relu.
          if (window[filter] > features[filter]) {
            features[filter] = window[filter];
            places[filter] = position;
          }
          if (pooling == Pooling.MAX_AND_MEAN && window[filter] > 0) {
            features[filters + filter] += window[filter] / ids.length;
          }
        }
      }
    }

    double[] features() {
      return features;
    }

    private void convolve(int position) {
      Arrays.fill(window, 0);
      for (int place = 0; place < width; place++) {
        int at = position + place - before;
        if (at >= 0 && at < ids.length) {
          float[] row = rows.row(place, ids[at]);
          for (int filter = 0; filter < filters; filter++) {
            window[filter] += row[filter];
          }
        }
      }
    }

    /**
     * Shares the pooled values out.
     *
     * @param weights what each counts for, {@code [features]}
     * @param shares receives {@code [time]}
     * @return what the filters' biases hold
     */
    double share(double[] weights, double[] shares) {
      double rest = 0;
      double[] counts = new double[filters]; // what the window's values count for
      for (int position = 0; position < ids.length; position++) {
        convolve(position);
        boolean any = false;
        for (int filter = 0; filter < filters; filter++) {
          counts[filter] = places[filter] == position ? weights[filter] : 0;
          if (pooling == Pooling.MAX_AND_MEAN && window[filter] > 0) {
            counts[filter] += weights[filters + filter] / ids.length;
          }
          any |= counts[filter] != 0;
          rest += counts[filter] * bias[filter];
        }
        if (any) {
          share(position, counts, shares);
        }
      }
      return rest;
    }

    private void share(int position, double[] counts, double[] shares) {
      for (int place = 0; place < width; place++) {
        int at = position + place - before;
        if (at >= 0 && at < ids.length) {
          float[] row = rows.row(place, ids[at]);
          double sum = 0;
          for (int filter = 0; filter < filters; filter++) {
            double part = place == before ? (double) row[filter] - bias[filter] : row[filter];
            sum += counts[filter] * part;
          }
          shares[at] += sum;
        }
      }
    }
  }
}
