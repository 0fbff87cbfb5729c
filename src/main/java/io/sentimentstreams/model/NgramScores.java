package io.sentimentstreams.model;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.text.Ngrams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The wide part of a wide and deep model (Cheng et al. 2016): each n-gram of a text adds to the
 * score of each label. Immutable.
 */
public final class NgramScores {
  static final String TENSOR = "ngrams.weight";

  private final Ngrams ngrams;
  private final Tensor weight; // [n-grams, labels]

  /**
   * Puts n-grams and weights together.
   *
   * @param weight {@code [n-grams, labels]}
   * @throws InvalidInputException where the shape is another
   */
  public NgramScores(Ngrams ngrams, Tensor weight) {
    if (weight.shape().length != 2 || weight.shape()[0] != ngrams.size()) {
      throw new InvalidInputException(
          "tensor %s: has shape %s, but there are %d n-grams"
              .formatted(weight.name(), Arrays.toString(weight.shape()), ngrams.size()));
    }
    this.ngrams = ngrams;
    this.weight = weight;
  }

  /**
   * Puts n-grams and weights together.
   *
   * @param weights {@code [n-grams, labels]}, row by row
   */
  public static NgramScores of(Ngrams ngrams, int labels, float[] weights) {
    return new NgramScores(ngrams, new Tensor(TENSOR, new int[] {ngrams.size(), labels}, weights));
  }

  /** The same n-grams with scores so many times as large. */
  public NgramScores times(float factor) {
    float[] values = weight.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] *= factor;
    }
    return new NgramScores(ngrams, new Tensor(weight.name(), weight.shape(), values));
  }

  /** The n-grams. */
  public Ngrams ngrams() {
    return ngrams;
  }

  Tensor weight() {
    return weight;
  }

  /**
   * Checks the number of labels.
   *
   * @throws InvalidInputException where it is another
   */
  void requireLabels(int labels) {
    if (weight.shape()[1] != labels) {
      throw new InvalidInputException(
          "tensor %s: has shape %s, but there are %d labels"
              .formatted(weight.name(), Arrays.toString(weight.shape()), labels));
    }
  }

  /**
   * Adds a text's scores, each of its n-grams once.
   *
   * @param ids token ids, {@code [time]}
   * @param scores {@code [labels]}
   */
  public void add(int[] ids, double[] scores) {
    float[] values = weight.values();
    for (int number : ngrams.of(ids)) {
      int row = number * scores.length;
      for (int label = 0; label < scores.length; label++) {
        scores[label] += values[row + label];
      }
    }
  }

  /**
   * Shares out what a text's n-grams do for one label against another: each n-gram's part equally
   * among the tokens of all places where it stands.
   *
   * @param ids token ids, {@code [time]}
   * @param shares {@code [time]}, which the parts are added to; their sum grows by the difference
   *     of the scores that {@link #add} gives to the labels
   */
  void share(int[] ids, int label, int against, double[] shares) {
    Map<Integer, Integer> places = new HashMap<>();
    ngrams.forEach(ids, (number, first, tokens) -> places.merge(number, 1, Integer::sum));
    float[] values = weight.values();
    int labels = weight.shape()[1];
    ngrams.forEach(
        ids,
        (number, first, tokens) -> {
          double all = (double) values[number * labels + label] - values[number * labels + against];
          double each = all / places.getOrDefault(number, 1) / tokens;
          for (int token = first; token < first + tokens; token++) {
            shares[token] += each;
          }
        });
  }

  /** Scores of all n-grams. */
  long parameters() {
    return weight.values().length;
  }

  /** Bytes of tables and weights. */
  long memoryBytes() {
    return ngrams.memoryBytes() + (long) weight.values().length * Float.BYTES;
  }
}
