package io.sentimentstreams.train;

import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.text.Ngrams;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains the n-grams' part of a model: a {@link FeatureClassifier} on the n-grams of the token ids
 * that the network reads, of which those that move the scores most are kept.
 */
final class NgramFit {
  /** Texts that an n-gram must occur in. */
  private static final int MINIMUM_COUNT = 2;

  private NgramFit() {}

  /**
   * Trains.
   *
   * @param most n-grams that are kept
   */
  static NgramScores train(List<Example> training, int labels, int most) {
    Ngrams all = Ngrams.build(training.stream().map(Example::ids).toList(), MINIMUM_COUNT);
    int[][] rows = training.stream().map(example -> all.of(example.ids())).toArray(int[][]::new);
    int[] truth = training.stream().mapToInt(Example::label).toArray();
    FeatureClassifier classifier = FeatureClassifier.fit(labels, truth, rows, all.size());
    int[] kept = strongest(classifier, labels, counts(rows, all.size()), most);
    float[] weights = new float[kept.length * labels]; // [n-gram, label]
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) classifier.weight(i % labels, kept[i / labels]);
    }
    return NgramScores.of(all.only(kept), labels, weights);
  }

  /** In how many rows each n-gram is. */
  private static int[] counts(int[][] rows, int size) {
    int[] counts = new int[size];
    for (int[] row : rows) {
      for (int number : row) {
        counts[number]++;
      }
    }
    return counts;
  }

  /**
   * The n-grams that move the scores of the training texts most, in their order: largest spread of
   * the weights over the labels times the root of the texts.
   */
  private static int[] strongest(FeatureClassifier classifier, int labels, int[] counts, int most) {
    double[] force = new double[counts.length];
    for (int number = 0; number < force.length; number++) {
      force[number] = spread(classifier, labels, number) * Math.sqrt(counts[number]);
    }
    return IntStream.range(0, force.length)
        .boxed()
        .sorted((a, b) -> Double.compare(force[b], force[a]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private static double spread(FeatureClassifier classifier, int labels, int number) {
    double least = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int label = 0; label < labels; label++) {
      least = Math.min(least, classifier.weight(label, number));
      largest = Math.max(largest, classifier.weight(label, number));
    }
    return largest - least;
  }
}
