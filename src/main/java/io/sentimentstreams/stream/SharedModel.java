package io.sentimentstreams.stream;

import java.util.concurrent.Executor;

/**
 * A model that several hold at once: routes, and each frame while it is labelled. It is closed when
 * nobody holds it any more, so never while it computes. Whoever makes one holds it.
 */
final class SharedModel {
  private final Labeller labeller;
  private final Executor closer;
  private int holders = 1;

  /**
   * Held once, by the caller.
   *
   * @param labeller closed after the last hold
   * @param closer runs the closing, which may take time that a stream thread does not have
   */
  SharedModel(Labeller labeller, Executor closer) {
    this.labeller = labeller;
    this.closer = closer;
  }

  /** The model; to be used by holders only. */
  Labeller labeller() {
    return labeller;
  }

  /** Holds it once more. */
  synchronized SharedModel hold() {
    if (holders == 0) {
      throw new IllegalStateException(labeller.info().name() + ": is closed");
    }
    holders++;
    return this;
  }

  /** Gives one hold back. */
  void release() {
    if (isFree()) {
      closer.execute(labeller::close);
    }
  }

  private synchronized boolean isFree() {
    if (holders == 0) {
      throw new IllegalStateException(labeller.info().name() + ": is closed already");
    }
    holders--;
    return holders == 0;
  }
}
