package io.sentimentstreams.train;

import io.sentimentstreams.model.NgramScores;
import io.sentimentstreams.text.Ngrams;
import io.sentimentstreams.text.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains the n-grams' part of a model: a {@link FeatureClassifier} on the n-grams of the token ids
 * that the network reads, of which those that move the scores most are kept.
 *
 * <p>It may see the words' characters too, see {@link CharacterNgrams}. What those add to the
 * scores is the same wherever a word stands, so it goes into the score of the word itself, and a
 * finished model does not look at characters. A word counts once a text, however often it is there.
 */
final class NgramFit {
  /** Texts that an n-gram must occur in, words too. */
  private static final int MINIMUM_COUNT = 2;

  private final Ngrams ngrams;
  private final CharacterNgrams characters;
  private final FeatureClassifier classifier;
  private final int labels;
  private final int[] counts; // [n-gram]: texts
  private final float[] weights; // [n-gram, label]

  private NgramFit(
      List<Example> training, Vocabulary vocabulary, int labels, int longestCharacters) {
    this.labels = labels;
    ngrams = Ngrams.build(training.stream().map(Example::ids).toList(), MINIMUM_COUNT);
    characters = CharacterNgrams.of(vocabulary, longestCharacters);
    counts = new int[ngrams.size()];
    int[][] rows = training.stream().map(example -> row(example.ids())).toArray(int[][]::new);
    int[] truth = training.stream().mapToInt(Example::label).toArray();
    classifier =
        FeatureClassifier.fit(labels, truth, rows, ngrams.size() + characters.size(), done -> {});
    weights = new float[ngrams.size() * labels];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) classifier.weight(i % labels, i / labels);
    }
    addCharacters(vocabulary.size());
  }

  /**
   * Trains.
   *
   * @param most n-grams that are kept
   * @param longestCharacters code units of the longest n-gram of characters, 0 for none
   */
  static NgramScores train(
      List<Example> training, Vocabulary vocabulary, int labels, int most, int longestCharacters) {
    return new NgramFit(training, vocabulary, labels, longestCharacters).strongest(most);
  }

  /** A text's features: its n-grams, and behind them the n-grams of its words' characters. */
  private int[] row(int[] ids) {
    int[] known = ngrams.of(ids);
    for (int number : known) {
      counts[number]++;
    }
    int[] spelled =
        Arrays.stream(ids)
            .distinct()
            .flatMap(id -> Arrays.stream(characters.of(id)))
            .map(number -> ngrams.size() + number)
            .sorted()
            .toArray();
    return IntStream.concat(Arrays.stream(known), Arrays.stream(spelled)).toArray();
  }

  private void addCharacters(int vocabularySize) {
    for (int id = Vocabulary.UNKNOWN + 1; id < vocabularySize; id++) {
      for (int number : ngrams.of(new int[] {id})) {
        for (int character : characters.of(id)) {
          for (int label = 0; label < labels; label++) {
            weights[number * labels + label] +=
                (float) classifier.weight(label, ngrams.size() + character);
          }
        }
      }
    }
  }

  /**
   * The n-grams that move the scores of the training texts most, in their order: largest spread of
   * the weights over the labels times the root of the texts.
   */
  private NgramScores strongest(int most) {
    double[] force = new double[counts.length];
    Arrays.setAll(force, number -> spread(number) * Math.sqrt(counts[number]));
    int[] kept =
        IntStream.range(0, force.length)
            .boxed()
            .sorted((a, b) -> Double.compare(force[b], force[a]))
            .limit(most)
            .mapToInt(Integer::intValue)
            .sorted()
            .toArray();
    float[] keptWeights = new float[kept.length * labels]; // [n-gram, label]
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(weights, kept[i] * labels, keptWeights, i * labels, labels);
    }
    return NgramScores.of(ngrams.only(kept), labels, keptWeights);
  }

  private double spread(int number) {
    float least = Float.POSITIVE_INFINITY;
    float largest = Float.NEGATIVE_INFINITY;
    for (int label = 0; label < labels; label++) {
      least = Math.min(least, weights[number * labels + label]);
      largest = Math.max(largest, weights[number * labels + label]);
    }
    return largest - least;
  }
}
