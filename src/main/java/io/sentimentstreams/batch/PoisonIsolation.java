package io.sentimentstreams.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one bad row from failing its whole batch. When the batch function throws the designated
 * exception the batch is halved and each half tried by itself, until every failing row stands
 * alone; all others get their results, in the rows' order. Every failed row has failed twice: with
 * others, or else alone, and alone.
 *
 * <p>Calls for {@code n > 1} rows, {@code k} of which fail: 1 where k is 0, else at most {@code 3 +
 * 2 k ceil(log2 n)}, the canary's two included, and never more than {@code 2 n + 1}. For one row
 * that fails: 4.
 *
 * <p>Where a call hangs ({@link CallTimedOutException}) halving would hang again with each half
 * that holds the bad row. Its rows are tried one by one instead, so that each bad row hangs just
 * once more: {@code n + 3} calls at most, {@code k + 1} of which hang. {@link
 * CallsExhaustedException}, no more calls being possible, is no row's fault and passes through.
 *
 * <p>A batch that is being divided may take many calls. Where its time is over before the last of
 * them, the work ends with a {@link BatchUnfinishedException}. A batch of one row is never divided,
 * so its four calls at most are made whatever the time.
 *
 * <p>A function that fails for everything would cost 2 n calls and brand every row as bad. Rows
 * alone cannot tell that from a batch of nothing but bad rows, and giving up after some failures
 * would let a handful of bad rows stop a stream for good. So the canary, a row known to be good, is
 * tried after the first failure: where it fails too, the function is broken, not the rows, and the
 * first failure is thrown on, after two calls. A function that breaks only while the batch is being
 * halved is found by the canary's second try, after the last half: no outcome of that batch counts,
 * since nobody knows which rows failed by themselves. Without a canary every row is tried.
 *
 * <p>Thread-safe where the function is.
 *
 * @param <T> a row
 * @param <R> its result
 */
public final class PoisonIsolation<T, R> {
  private final Function<? super List<T>, ? extends List<R>> function;
  private final Class<? extends RuntimeException> failure;
  private final @Nullable T canary;

  /**
   * Isolates without a canary: every failing row is tried alone.
   *
   * @param function gives one result a row, in the rows' order
   * @param failure what the function throws for rows that it cannot work on; every other exception
   *     passes through
   */
  public PoisonIsolation(
      Function<? super List<T>, ? extends List<R>> function,
      Class<? extends RuntimeException> failure) {
    this(function, failure, null);
  }

  /**
   * Isolates with a canary.
   *
   * @param canary a row that never fails in a working function; its result is not used
   */
  public PoisonIsolation(
      Function<? super List<T>, ? extends List<R>> function,
      Class<? extends RuntimeException> failure,
      @Nullable T canary) {
    this.function = function;
    this.failure = failure;
    this.canary = canary;
  }

  /** Works on a batch that may take any time. */
  public List<Outcome<R>> apply(List<T> rows) {
    return apply(rows, () -> true);
  }

  /**
   * Works on a batch.
   *
   * @param rows may be empty: the function is not called then
   * @param timeIsLeft whether a batch that is being divided may take another call
   * @return one outcome a row, in the rows' order
   * @throws BatchUnfinishedException where the time is over before every row has its outcome
   * @throws RuntimeException the function's failure, where it fails for the canary too; and
   *     whatever it throws that is no designated failure
   */
  public List<Outcome<R>> apply(List<T> rows, BooleanSupplier timeIsLeft) {
    List<Outcome<R>> outcomes = new ArrayList<>(rows.size());
    if (rows.isEmpty()) {
      return outcomes;
    }
    try {
      addResults(rows, outcomes);
    } catch (RuntimeException e) {
      rethrowUnlessDesignated(e);
      requireLiveCanary(e);
      if (rows.size() == 1) {
        tryAgain(rows, e, outcomes);
      } else {
        isolate(rows, e, outcomes, timeIsLeft);
      }
      requireStillLiveCanary(outcomes, e);
    }
    return outcomes;
  }

  private void tryAgain(List<T> row, RuntimeException first, List<Outcome<R>> outcomes) {
    try {
      addResults(row, outcomes);
    } catch (RuntimeException e) {
      rethrowUnlessDesignated(e);
      outcomes.add(new Outcome.Failed<>(first));
    }
  }

  /** Without failed rows nothing is blamed. */
  private void requireStillLiveCanary(List<Outcome<R>> outcomes, RuntimeException first) {
    if (outcomes.stream().anyMatch(Outcome.Failed.class::isInstance)) {
      requireLiveCanary(first);
    }
  }

  /** Divides rows that failed together with the given cause. */
  private void isolate(
      List<T> rows, RuntimeException cause, List<Outcome<R>> outcomes, BooleanSupplier timeIsLeft) {
    if (rows.size() == 1) {
      outcomes.add(new Outcome.Failed<>(cause));
      return;
    }
    if (cause instanceof CallTimedOutException) {
      for (int row = 0; row < rows.size(); row++) {
        attempt(rows.subList(row, row + 1), cause, outcomes, timeIsLeft);
      }
      return;
    }
    int middle = rows.size() / 2;
    attempt(rows.subList(0, middle), cause, outcomes, timeIsLeft);
    attempt(rows.subList(middle, rows.size()), cause, outcomes, timeIsLeft);
  }

  private void attempt(
      List<T> rows, RuntimeException cause, List<Outcome<R>> outcomes, BooleanSupplier timeIsLeft) {
    if (!timeIsLeft.getAsBoolean()) {
      throw new BatchUnfinishedException(
          "the time was over when %d rows had their outcomes".formatted(outcomes.size()), cause);
    }
    try {
      addResults(rows, outcomes);
    } catch (RuntimeException e) {
      rethrowUnlessDesignated(e);
      isolate(rows, e, outcomes, timeIsLeft);
    }
  }

  /** Adds outcomes only after the function has returned well: a failure leaves none behind. */
  private void addResults(List<T> rows, List<Outcome<R>> outcomes) {
    List<R> results = function.apply(rows);
    if (results.size() != rows.size()) {
      throw new IllegalStateException(
          "the batch function gave %d results for %d rows".formatted(results.size(), rows.size()));
    }
    for (R result : results) {
      outcomes.add(new Outcome.Done<>(result));
    }
  }

  private void requireLiveCanary(RuntimeException first) {
    if (canary == null) {
      return;
    }
    try {
      addResults(List.of(canary), new ArrayList<>());
    } catch (RuntimeException e) {
      rethrowUnlessDesignated(e);
      if (e != first) {
        first.addSuppressed(e);
      }
      throw first;
    }
  }

  private void rethrowUnlessDesignated(RuntimeException thrown) {
    if (!failure.isInstance(thrown) || thrown instanceof CallsExhaustedException) {
      throw thrown;
    }
  }
}
