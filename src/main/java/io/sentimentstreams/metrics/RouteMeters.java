package io.sentimentstreams.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import io.sentimentstreams.event.RejectionReason;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one route, see {@link Meters}. Safe for use by several threads at once. */
public final class RouteMeters {
  private final Balance balance;
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
      Balance balance,
      Counter in,
      List<Counter> labelled,
      Map<RejectionReason, Counter> deadLettered,
      DistributionSummary batchRows,
      DistributionSummary batchTokens,
      Latencies latencies,
      Counter inferenceErrors,
      Counter tokens,
      Counter unknownTokens) {
    this.balance = balance;
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

  /** Work begins on a frame of this many rows; the tally must be closed. */
  public FrameTally begin(int rows) {
    batchRows.record(rows);
    balance.began(rows);
    return new FrameTally(this, rows, labelled.size());
  }

  void count(int rows, int[] rowsByLabel, Map<RejectionReason, Integer> rowsByReason) {
    balance.add(rows, rowsByLabel, rowsByReason);
    in.increment(rows);
    for (int label = 0; label < rowsByLabel.length; label++) {
      labelled.get(label).increment(rowsByLabel[label]);
    }
    rowsByReason.forEach(
        (reason, count) -> Objects.requireNonNull(deadLettered.get(reason)).increment(count));
  }

  void ended(int rows) {
    balance.ended(rows);
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

  /** The events of a route that have no outcome, whichever model worked on them. */
  static final class Balance {
    private final AtomicLong underWork = new AtomicLong();
    private final AtomicLong withoutOutcome = new AtomicLong();

    private void began(int rows) {
      underWork.addAndGet(rows);
    }

    private void ended(int rows) {
      underWork.addAndGet(-rows);
    }

    private void add(int rows, int[] labelled, Map<RejectionReason, Integer> deadLettered) {
      int outcomes = Arrays.stream(labelled).sum();
      outcomes += deadLettered.values().stream().mapToInt(Integer::intValue).sum();
      withoutOutcome.addAndGet(rows - outcomes);
    }

    /** Events under work, and those of finished frames that were neither labelled nor dead. */
    double unaccounted() {
      return underWork.get() + withoutOutcome.get();
    }
  }

  /** The timers of a frame's way. */
  record Latencies(Timer queue, Timer encode, Timer inference, Timer total) {}
}
