package io.sentimentstreams.train;

import io.sentimentstreams.model.Calibration;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.NgramScores;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a trained model makes scores of its network's probabilities.
 *
 * @param calibration of the probabilities
 * @param ngrams what they are joined by; null for nothing
 */
public record Scoring(Calibration calibration, @Nullable NgramScores ngrams) {
  /**
   * Fits the scoring to validation texts.
   *
   * <p>Class weights shift the labels, as they do in training: they count where network and n-grams
   * are joined, and so does the measure that chooses epochs, where it is a macro mean. How sure the
   * scores are, which moves no label, is then fitted to the texts as they are, each counting as
   * much as any other: scores are to be as often right as they say.
   *
   * @param probabilities the network's, {@code [text][label]}
   * @param texts the validation texts
   * @param labels of the model
   * @param classWeights how much a text counts for its label, by that label
   * @param measure that the labels are to be best by, where n-grams join the network
   * @param ngrams trained; null for none
   */
  static Scoring fit(
      float[][] probabilities,
      List<Example> texts,
      Labels labels,
      List<Double> classWeights,
      Selection measure,
      @Nullable NgramScores ngrams) {
    int[] truth = texts.stream().mapToInt(Example::label).toArray();
    double[] weights = texts.stream().mapToDouble(text -> classWeights.get(text.label())).toArray();
    double[] ones = new double[truth.length];
    Arrays.fill(ones, 1);
    double[][] logProbabilities = new double[truth.length][labels.size()];
    double[][] ngramScores = new double[truth.length][labels.size()];
    for (int text = 0; text < truth.length; text++) {
      for (int label = 0; label < labels.size(); label++) {
        logProbabilities[text][label] = Calibration.logarithm(probabilities[text][label]);
      }
      if (ngrams != null) {
        ngrams.add(texts.get(text).ids(), ngramScores[text]);
      }
    }
    if (ngrams != null) {
      CalibrationFit.Scales both =
          CalibrationFit.ofBoth(logProbabilities, ngramScores, truth, weights);
      if (both.ngramScale() > 0) {
        CalibrationFit.Scales chosen =
            both.plus(
                BiasSearch.of(both.joined(logProbabilities, ngramScores), truth, labels, measure));
        double[][] joined = chosen.joined(logProbabilities, ngramScores);
        double sureness = CalibrationFit.ofNetwork(joined, truth, ones).scale();
        return new Scoring(
            new Calibration(
                1 / (chosen.scale() * sureness),
                chosen.bias().stream().map(value -> value * sureness).toList()),
            ngrams.times((float) (chosen.ngramScale() * sureness)));
      }
    }
    CalibrationFit.Scales alone = CalibrationFit.ofNetwork(logProbabilities, truth, ones);
    return new Scoring(new Calibration(1 / alone.scale(), alone.bias()), null);
  }
}
