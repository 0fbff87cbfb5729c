package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The meters of one model's stage, see {@link Meters}. Safe for use by several threads at once. */
public final class StageMeters {
  private final Timer queue;
  private final Timer device;
  private final Counter done;
  private final Counter failed;
  private final DistributionSummary rows;
  private final DistributionSummary tokens;
  private final Counter computedTokens;
  private final AtomicInteger stuck;

  StageMeters(
      Timer queue,
      Timer device,
      Counter done,
      Counter failed,
      DistributionSummary rows,
      DistributionSummary tokens,
      Counter computedTokens,
      AtomicInteger stuck) {
    this.queue = queue;
    this.device = device;
    this.done = done;
    this.failed = failed;
    this.rows = rows;
    this.tokens = tokens;
    this.computedTokens = computedTokens;
    this.stuck = stuck;
  }

  /** A thread's rows waited this long, in nanoseconds, for a call to take them up. */
  public void queued(long nanos) {
    queue.record(nanos, TimeUnit.NANOSECONDS);
  }

  /** So many calls more, or less, hang. */
  public void stuck(int calls) {
    stuck.addAndGet(calls);
  }

  /**
   * A call of the model has ended, or is waited for no longer.
   *
   * @param well whether it gave results
   * @param nanos how long it took
   * @param lengths tokens of each of its texts
   * @param computed token positions computed for them, padding included
   */
  public void called(boolean well, long nanos, int[] lengths, long computed) {
    (well ? done : failed).increment();
    device.record(nanos, TimeUnit.NANOSECONDS);
    rows.record(lengths.length);
    // Before the tokens among them: so the padding ratio, read at any time, is never less than 0.
    computedTokens.increment((double) computed);
    tokens.record((double) Arrays.stream(lengths).asLongStream().sum());
  }
}
