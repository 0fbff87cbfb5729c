package io.sentimentstreams.train;

/** Counts the epochs since the last one that was better by more than a least change. */
final class Patience {
  private final double minimumChange;
  private double reference = Double.NEGATIVE_INFINITY;
  private int waited;

  Patience(double minimumChange) {
    this.minimumChange = minimumChange;
  }

  /**
   * Counts an epoch in.
   *
   * @param merit the higher the better
   */
  void add(double merit) {
    if (merit > reference + minimumChange || reference == Double.NEGATIVE_INFINITY) {
      reference = merit;
      waited = 0;
    } else {
      waited++;
    }
  }

  /** Epochs since the last one that was better, or since the last call of {@link #beginAnew}. */
  int waited() {
    return waited;
  }

  /** Counts from here on, still against the best so far. */
  void beginAnew() {
    waited = 0;
  }
}
