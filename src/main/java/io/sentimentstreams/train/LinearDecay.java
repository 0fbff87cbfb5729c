package io.sentimentstreams.train;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate that rises over the first steps, then falls in a straight line to a small share
 * of its peak.
 *
 * @param peak the highest rate
 * @param steps planned in all; the rate stays at its last value beyond them
 */
record LinearDecay(double peak, int steps) implements ISchedule {
  private static final double WARM_UP_SHARE = 0.05;
  private static final double LAST_SHARE = 0.02;

  @Override
  public double valueAt(int iteration, int epoch) {
    double warmUp = Math.max(1, steps * WARM_UP_SHARE);
    if (iteration < warmUp) {
      return peak * (iteration + 1) / (warmUp + 1);
    }
    double left = Math.max(0, 1 - (iteration - warmUp) / Math.max(1, steps - warmUp));
    return peak * (LAST_SHARE + (1 - LAST_SHARE) * left);
  }

  /** Itself: it never changes. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public LinearDecay clone() {
    return this;
  }
}
