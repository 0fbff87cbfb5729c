package io.sentimentstreams.train;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Counts the right labels of training steps. A graph's fit shows only the features that its output
 * layer gets, so their scores are computed once more, in plain Java: the product is small.
 */
final class BatchAccuracy extends BaseTrainingListener {
  private final String features;
  private final Layer output;
  private List<Example> batch = List.of();
  private long seen;
  private long right;

  BatchAccuracy(ComputationGraph graph) {
    String name = graph.getConfiguration().getNetworkOutputs().get(0);
    features = Objects.requireNonNull(graph.getConfiguration().getVertexInputs().get(name)).get(0);
    output = graph.getLayer(name);
  }

  /** What the next step is fitted on. */
  void expect(List<Example> next) {
    batch = next;
  }

  /** The share of right labels since the last reset. */
  double value() {
    return seen == 0 ? 0 : (double) right / seen;
  }

  /** Texts since the last reset. */
  long seen() {
    return seen;
  }

  /** Those of them that were labelled right. */
  long right() {
    return right;
  }

  void restore(long texts, long rightOnes) {
    seen = texts;
    right = rightOnes;
  }

  void reset() {
    seen = 0;
    right = 0;
  }

  @Override
  public void onForwardPass(Model model, @Nullable Map<String, INDArray> activations) {
    INDArray values = activations == null ? null : activations.get(features);
    if (values == null) {
      throw new IllegalStateException("the network shows no activations of " + features);
    }
    float[][] kernel = output.getParam("W").toFloatMatrix(); // [features, labels]
    float[] bias = output.getParam("b").toFloatVector();
    float[][] rows = values.toFloatMatrix(); // [batch, features]
    for (int row = 0; row < rows.length; row++) {
      seen++;
      float[] scores = scores(rows[row], kernel, bias);
      int best = scores.length == 1 ? ofOneUnit(scores[0]) : Scores.best(scores);
      right += best == batch.get(row).label() ? 1 : 0;
    }
  }

  /** A sigmoid unit's sum is above 0 where the second label is likelier. */
  private static int ofOneUnit(float score) {
    return score > 0 ? 1 : 0;
  }

  private static float[] scores(float[] features, float[][] kernel, float[] bias) {
    float[] scores = bias.clone();
    for (int feature = 0; feature < features.length; feature++) {
      for (int label = 0; label < scores.length; label++) {
        scores[label] += features[feature] * kernel[feature][label];
      }
    }
    return scores;
  }
}
