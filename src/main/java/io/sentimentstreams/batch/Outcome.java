package io.sentimentstreams.batch;

/**
 * What became of one row of a batch.
 *
 * @param <R> a row's result
 */
public sealed interface Outcome<R> {
  /** The row has its result. */
  record Done<R>(R result) implements Outcome<R> {}

  /**
   * The row fails even alone.
   *
   * @param cause what the call with this row alone threw
   */
  record Failed<R>(RuntimeException cause) implements Outcome<R> {}
}
