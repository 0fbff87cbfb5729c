package io.sentimentstreams.train;

import java.io.Serial;
import org.nd4j.linalg.schedule.ISchedule;

/**
 * The learning rate of each step of one training. Only {@link Decay#PLATEAU} depends on how the
 * training goes: {@link #fall} makes all later rates lower. For use by the training thread.
 */
final class RatePlan implements ISchedule {
  @Serial private static final long serialVersionUID = 1L;

  private final transient RateSchedule schedule;
  private final double peak;
  private final long steps;
  private final int stepsOfEpoch;
  private double scale = 1;

  /**
   * A plan.
   *
   * @param peak the highest rate
   * @param epochs planned; the rate stays at its last value beyond them
   * @param stepsOfEpoch in each
   */
  RatePlan(RateSchedule schedule, double peak, int epochs, int stepsOfEpoch) {
    this.schedule = schedule;
    this.peak = peak;
    this.steps = (long) epochs * stepsOfEpoch;
    this.stepsOfEpoch = stepsOfEpoch;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double warmUp = schedule.warmUp() == 0 ? 0 : Math.max(1, steps * schedule.warmUp());
    if (iteration < warmUp) {
      return scale * peak * (iteration + 1) / (warmUp + 1);
    }
    double left = Math.max(0, 1 - (iteration - warmUp) / Math.max(1, steps - warmUp));
    double epochs = (double) iteration / stepsOfEpoch;
    return scale
        * peak
        * switch (schedule.decay()) {
          case NONE, PLATEAU -> 1;
          case LINEAR -> atLeastLast(left);
          case COSINE -> atLeastLast((1 - Math.cos(Math.PI * left)) / 2);
          case EXPONENTIAL -> Math.pow(schedule.factor(), epochs - warmUp / stepsOfEpoch);
          case STEP -> Math.pow(schedule.factor(), Math.floor(epochs / schedule.epochs()));
        };
  }

  private double atLeastLast(double share) {
    return schedule.last() + (1 - schedule.last()) * share;
  }

  /** Multiplies all rates to come by the factor of the schedule. */
  void fall() {
    scale *= schedule.factor();
  }

  /** What the falls have made of the rates: 1 at the start. */
  double scale() {
    return scale;
  }

  void setScale(double value) {
    scale = value;
  }

  /** Itself: all layers of a network share the plan. */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public RatePlan clone() {
    return this;
  }
}
