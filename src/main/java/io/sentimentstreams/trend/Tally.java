package io.sentimentstreams.trend;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was counted of some events. Sums are of whole millionths, to which outputs round their
 * probabilities as well, so that the order and grouping of additions cannot matter, and a tally is
 * what anybody finds who adds up the outputs.
 *
 * @param labels events by label; no zeros
 * @param scoreMicros sum of the probabilities of the labels given
 * @param balanced events of models that know both {@code positive} and {@code negative}
 * @param balanceMicros sum of P(positive) - P(negative) over those
 */
public record Tally(
    SortedMap<String, Long> labels, long scoreMicros, long balanced, long balanceMicros) {
  /** Of no events. */
  public static final Tally NONE = new Tally(new TreeMap<>(), 0, 0, 0);

  private static final double MICROS = 1e6;

  public Tally {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Both together. */
  public Tally plus(Tally other) {
    TreeMap<String, Long> sum = new TreeMap<>(labels);
    other.labels.forEach((label, count) -> sum.merge(label, count, Long::sum));
    return new Tally(
        sum,
        scoreMicros + other.scoreMicros,
        balanced + other.balanced,
        balanceMicros + other.balanceMicros);
  }

  /** How many events. */
  public long events() {
    return labels.values().stream().mapToLong(Long::longValue).sum();
  }

  /** How many events have a label. */
  public long events(String label) {
    return labels.getOrDefault(label, 0L);
  }

  /** The mean probability of the labels given; empty without events. */
  public OptionalDouble score() {
    return mean(scoreMicros, events());
  }

  /**
   * The mean of P(positive) - P(negative), -1 to 1; empty where no model knew both, or without
   * events.
   */
  public OptionalDouble sentiment() {
    return mean(balanceMicros, balanced);
  }

  private static OptionalDouble mean(long sum, long count) {
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / MICROS / count);
  }
}
