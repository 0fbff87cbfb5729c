package io.sentimentstreams.train;

import org.jspecify.annotations.Nullable;

/** Counts the epochs since the last one that was better by more than a least change. */
final class Patience {
  private final double minimumChange;
  private @Nullable Double reference;
  private int waited;

  /**
   * What it has counted.
   *
   * @param reference the merit that later ones are compared with; null before the first
   */
  record State(@Nullable Double reference, int waited) {}

  Patience(double minimumChange) {
    this.minimumChange = minimumChange;
  }

  /**
   * Counts an epoch in.
   *
   * @param merit the higher the better
   */
  void add(double merit) {
    if (reference == null || merit > reference + minimumChange) {
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

  State state() {
    return new State(reference, waited);
  }

  void restore(State state) {
    reference = state.reference();
    waited = state.waited();
  }

  /** Counts from here on, still against the best so far. */
  void beginAnew() {
    waited = 0;
  }
}
