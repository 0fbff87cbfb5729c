package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.sentimentstreams.event.RejectionReason;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The meters of one route, see {@link Meters}. Safe for use by several threads at once. */
public final class RouteMeters {
  private final Counter in;
  private final List<Counter> labelled; // [labels]
  private final Map<RejectionReason, Counter> deadLettered;
  private final DistributionSummary batchRows;
  private final DistributionSummary batchTokens;
  private final Latencies latencies;
  private final Counter inferenceErrors;
  private final Counter tokens;
  private final Counter unknownTokens;

  RouteMeters(
      Counter in,
      List<Counter> labelled,
      Map<RejectionReason, Counter> deadLettered,
      DistributionSummary batchRows,
      DistributionSummary batchTokens,
      Latencies latencies,
      Counter inferenceErrors,
      Counter tokens,
      Counter unknownTokens) {
    this.in = in;
    this.labelled = labelled;
    this.deadLettered = deadLettered;
    this.batchRows = batchRows;
    this.batchTokens = batchTokens;
    this.latencies = latencies;
    this.inferenceErrors = inferenceErrors;
    this.tokens = tokens;
    this.unknownTokens = unknownTokens;
  }

  /** A frame of this many rows came in. */
  public void received(int rows) {
    in.increment(rows);
    batchRows.record(rows);
  }

  /**
   * Texts of a frame were encoded.
   *
   * @param read tokens that the network will read
   * @param all tokens of the texts before they were cut
   * @param unknown tokens that the vocabulary does not hold
   */
  public void encoded(long read, long all, long unknown) {
    batchTokens.record((double) read);
    tokens.increment((double) all);
    unknownTokens.increment((double) unknown);
  }

  /** An event got the label of this index. */
  public void labelled(int label) {
    labelled.get(label).increment();
  }

  /** An event went to the dead letters. */
  public void deadLettered(RejectionReason reason) {
    Objects.requireNonNull(deadLettered.get(reason)).increment();
  }

  /** A call of the model failed. */
  public void inferenceFailed() {
    inferenceErrors.increment();
  }

  /** A frame waited this long, in nanoseconds, for its work to begin. */
  public void queued(long nanos) {
    latencies.queue().record(nanos, TimeUnit.NANOSECONDS);
  }

  /** Parsing and encoding a frame took this long, in nanoseconds. */
  public void encodedIn(long nanos) {
    latencies.encode().record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The model's work on a frame took this long, in nanoseconds. */
  public void inferredIn(long nanos) {
    latencies.inference().record(nanos, TimeUnit.NANOSECONDS);
  }

  /** A frame took this long, in nanoseconds, from its poll until all of its rows were sent on. */
  public void finishedIn(long nanos) {
    latencies.total().record(nanos, TimeUnit.NANOSECONDS);
  }

  /** The timers of a frame's way. */
  record Latencies(Timer queue, Timer encode, Timer inference, Timer total) {}
}
