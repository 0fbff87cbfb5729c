package io.sentimentstreams.train;

import io.sentimentstreams.model.Calibration;
import io.sentimentstreams.model.NgramScores;
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
   * @param probabilities the network's, {@code [text][label]}
   * @param texts the validation texts
   * @param classWeights how much a text counts, by its label
   * @param ngrams trained; null for none
   */
  static Scoring fit(
      float[][] probabilities,
      List<Example> texts,
      List<Double> classWeights,
      @Nullable NgramScores ngrams) {
    int labels = classWeights.size();
    int[] truth = texts.stream().mapToInt(Example::label).toArray();
    double[] weights = texts.stream().mapToDouble(text -> classWeights.get(text.label())).toArray();
    double[][] logProbabilities = new double[truth.length][labels];
    double[][] ngramScores = new double[truth.length][labels];
    for (int text = 0; text < truth.length; text++) {
      for (int label = 0; label < labels; label++) {
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
        return new Scoring(
            new Calibration(1 / both.scale(), both.bias()),
            ngrams.times((float) both.ngramScale()));
      }
    }
    CalibrationFit.Scales alone = CalibrationFit.ofNetwork(logProbabilities, truth, weights);
    return new Scoring(new Calibration(1 / alone.scale(), alone.bias()), null);
  }
}
