package io.sentimentstreams.train;

/**
 * How the learning rate changes over a training: it rises to its peak, then falls.
 *
 * @param decay how it falls
 * @param warmUp share of the planned steps over which it rises from almost 0 in a straight line
 * @param last share of the peak that {@link Decay#LINEAR} and {@link Decay#COSINE} end at
 * @param factor that {@link Decay#EXPONENTIAL}, {@link Decay#STEP} and {@link Decay#PLATEAU}
 *     multiply the rate by
 * @param epochs between two falls of {@link Decay#STEP}; without a better one before a fall of
 *     {@link Decay#PLATEAU}
 */
public record RateSchedule(Decay decay, double warmUp, double last, double factor, int epochs) {
  private static final double WARM_UP = 0.05;
  private static final double LAST = 0.02;
  private static final double FACTOR = 0.5;

  /** A decay with its usual numbers: linear and cosine ones warm up over a twentieth. */
  static RateSchedule of(Decay decay) {
    double warmUp = decay == Decay.LINEAR || decay == Decay.COSINE ? WARM_UP : 0;
    return new RateSchedule(decay, warmUp, LAST, FACTOR, 1);
  }

  RateSchedule withWarmUp(double value) {
    return new RateSchedule(decay, value, last, factor, epochs);
  }

  RateSchedule withLast(double value) {
    return new RateSchedule(decay, warmUp, value, factor, epochs);
  }

  RateSchedule withFactor(double value) {
    return new RateSchedule(decay, warmUp, last, value, epochs);
  }

  RateSchedule withEpochs(int value) {
    return new RateSchedule(decay, warmUp, last, factor, value);
  }
}
