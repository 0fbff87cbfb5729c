package io.sentimentstreams.train;

import java.io.Serial;

/** A training's loss has left the numbers: another learning rate may help, more steps do not. */
final class DivergedException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  DivergedException(String message) {
    super(message);
  }
}
