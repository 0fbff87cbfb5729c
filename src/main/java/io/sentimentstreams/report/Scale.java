package io.sentimentstreams.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis whose ends and ticks are round numbers.
 *
 * @param from lowest value
 * @param to highest value, above it
 * @param ticks from the one to the other
 * @param digits decimals that tell the ticks apart
 */
record Scale(double from, double to, List<Double> ticks, int digits) {
  private static final int MOST_STEPS = 6;
  private static final double[] STEPS = {1, 2, 5, 10};

  Scale {
    ticks = List.copyOf(ticks);
  }

  /** A scale from a round number below the lowest value to one above the highest. */
  static Scale around(double lowest, double highest) {
    double span = highest > lowest ? highest - lowest : Math.max(Math.abs(highest), 1) / 10;
    double magnitude = Math.pow(10, Math.floor(Math.log10(span / MOST_STEPS)));
    double step = magnitude * STEPS[STEPS.length - 1];
    for (double candidate : STEPS) {
      if (span / (magnitude * candidate) <= MOST_STEPS) {
        step = magnitude * candidate;
        break;
      }
    }
    return of(Math.floor(lowest / step + 1e-9), Math.ceil(highest / step - 1e-9), step);
  }

  private static Scale of(double first, double last, double step) {
    double end = last > first ? last : first + 1;
    List<Double> ticks = new ArrayList<>();
    for (double tick = first; tick <= end; tick++) {
      ticks.add(tick * step);
    }
    int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    return new Scale(first * step, end * step, ticks, digits);
  }

  /** Where a value is between the ends: 0 to 1. */
  double position(double value) {
    return (value - from) / (to - from);
  }

  String label(double tick) {
    return Numbers.decimals(tick, digits);
  }
}
