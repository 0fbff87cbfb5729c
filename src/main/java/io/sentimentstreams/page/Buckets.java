package io.sentimentstreams.page;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.util.concurrent.TimeUnit;

/**
 * A histogram's buckets: how many durations were at most so long, since the start.
 *
 * @param millis upper limits, ascending
 * @param counts at most that long, so ascending as well
 * @param total all, longer ones included
 */
// Arrays: a reading is never compared.
@SuppressWarnings("ArrayRecordComponent")
record Buckets(double[] millis, double[] counts, double total) {
  static final Buckets EMPTY = new Buckets(new double[0], new double[0], 0);

  /** A timer's, whose buckets are cumulative, as Prometheus has them. */
  static Buckets of(Timer timer) {
    CountAtBucket[] buckets = timer.takeSnapshot().histogramCounts();
    double[] millis = new double[buckets.length];
    double[] counts = new double[buckets.length];
    for (int i = 0; i < buckets.length; i++) {
      millis[i] = buckets[i].bucket(TimeUnit.MILLISECONDS);
      counts[i] = buckets[i].count();
    }
    return new Buckets(millis, counts, timer.count());
  }

  /** What has come since an earlier reading of the same histogram. */
  Buckets since(Buckets earlier) {
    if (earlier.counts.length != counts.length) {
      return this;
    }
    double[] more = new double[counts.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = counts[i] - earlier.counts[i];
    }
    return new Buckets(millis, more, total - earlier.total);
  }

  /**
   * The duration in milliseconds that this share of all does not pass, interpolated within its
   * bucket; the last limit where it is beyond that. Not a number where there are none.
   */
  double quantile(double share) {
    if (total <= 0) {
      return Double.NaN;
    }
    double rank = share * total;
    double below = 0;
    double limit = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] >= rank && counts[i] > below) {
        return limit + (millis[i] - limit) * (rank - below) / (counts[i] - below);
      }
      below = counts[i];
      limit = millis[i];
    }
    return limit;
  }
}
