package io.sentimentstreams.model;

import org.jspecify.annotations.Nullable;

/** A backend whose probabilities are calibrated, and joined by the n-grams' scores. */
final class CalibratedBackend implements InferenceBackend {
  private final InferenceBackend network;
  private final double temperature;
  private final double[] bias; // [labels]
  private final @Nullable NgramScores ngrams;

  private CalibratedBackend(InferenceBackend network, ModelBundle bundle) {
    this.network = network;
    Calibration calibration = bundle.manifest().model().calibration();
    temperature = calibration.temperature();
    bias = calibration.biases(bundle.manifest().model().labels().size());
    ngrams = bundle.ngrams().orElse(null);
  }

  /** The backend, which computes a bundle's network, with the rest of the bundle around it. */
  static InferenceBackend of(InferenceBackend network, ModelBundle bundle) {
    boolean plain =
        bundle.ngrams().isEmpty()
            && bundle.manifest().model().calibration().equals(Calibration.NONE);
    return plain ? network : new CalibratedBackend(network, bundle);
  }

  @Override
  public String name() {
    return network.name();
  }

  @Override
  public String device() {
    return network.device();
  }

  @Override
  public boolean onGpu() {
    return network.onGpu();
  }

  @Override
  public float[][] probabilities(int[][] tokenIds) {
    float[][] probabilities = network.probabilities(tokenIds);
    for (int row = 0; row < tokenIds.length; row++) {
      calibrate(tokenIds[row], probabilities[row]);
    }
    return probabilities;
  }

  private void calibrate(int[] ids, float[] probabilities) {
    double[] scores = bias.clone();
    for (int label = 0; label < scores.length; label++) {
      scores[label] += Calibration.logarithm(probabilities[label]) / temperature;
    }
    if (ngrams != null) {
      ngrams.add(ids, scores);
    }
    Softmax.apply(scores, probabilities);
    BackendChecks.requireFinite(probabilities);
  }

  @Override
  public long computedTokens(int[] lengths) {
    return network.computedTokens(lengths);
  }

  @Override
  public long memoryBytes() {
    return network.memoryBytes() + (ngrams == null ? 0 : ngrams.memoryBytes());
  }

  @Override
  public void close() {
    network.close();
  }
}
