package io.sentimentstreams.model;

/** A backend whose probabilities are calibrated, and joined by the n-grams' scores. */
final class CalibratedBackend implements InferenceBackend {
  private final InferenceBackend network;
  private final Scorer scorer;

  private CalibratedBackend(InferenceBackend network, ModelBundle bundle) {
    this.network = network;
    ModelSpec model = bundle.manifest().model();
    scorer = new Scorer(model.calibration(), model.labels().size(), bundle.ngrams().orElse(null));
  }

  /** The backend, which computes a bundle's network, with the rest of the bundle around it. */
  static InferenceBackend of(InferenceBackend network, ModelBundle bundle) {
    boolean plain =
        bundle.ngrams().isEmpty()
            && bundle.manifest().model().calibration().equals(Calibration.NONE);
    return plain ? network : new CalibratedBackend(network, bundle);
  }

  /** What computes the network. */
  InferenceBackend network() {
    return network;
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
      scorer.apply(tokenIds[row], probabilities[row]);
      BackendChecks.requireFinite(probabilities[row]);
    }
    return probabilities;
  }

  @Override
  public long computedTokens(int[] lengths) {
    return network.computedTokens(lengths);
  }

  @Override
  public long memoryBytes() {
    return network.memoryBytes() + scorer.memoryBytes();
  }

  @Override
  public void addRoom() {
    network.addRoom();
  }

  @Override
  public void close() {
    network.close();
  }
}
