package io.sentimentstreams.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** Threads that call a network over and over, each with batches of its own, and time the calls. */
final class Callers implements AutoCloseable {
  /** Digits of a time that are kept. */
  static final int DIGITS = 3;

  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final LongSupplier nanos;

  /** A network, as it is measured. */
  @FunctionalInterface
  interface Network {
    /** {@code [batch][time]} to {@code [batch][labels]}. */
    float[][] probabilities(int[][] tokenIds);
  }

  /**
   * What a round measured.
   *
   * @param rowsPerSecond of all threads together, from the first one's start to the last one's end
   * @param nanosARow the time of each call divided by its rows
   */
  record Timing(double rowsPerSecond, Histogram nanosARow) {}

  /** What one thread did; times are the clock's. */
  private record Part(long rows, long beganNanos, long endedNanos, Histogram nanosARow) {}

  /**
   * @param nanos the clock, as {@link System#nanoTime}
   */
  Callers(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * Calls from several threads for a time; each makes at least one call.
   *
   * @param batches {@code [batch][time]} each; the threads begin at different ones
   */
  Timing run(Network network, List<int[][]> batches, int threads, Duration time)
      throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(threads);
    List<Future<Part>> started = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread * batches.size() / threads;
      started.add(
          executor.submit(
              () -> {
                together.await();
                return call(network, batches, first, time.toNanos());
              }));
    }
    return sum(started);
  }

  private Part call(Network network, List<int[][]> batches, int first, long time) {
    Histogram histogram = new Histogram(DIGITS);
    long rows = 0;
    long began = nanos.getAsLong();
    long after = began;
    for (int i = first; rows == 0 || after - began < time; i++) {
      int[][] batch = batches.get(i % batches.size());
      long before = nanos.getAsLong();
      float[][] probabilities = network.probabilities(batch);
      after = nanos.getAsLong();
      requireRows(batch, probabilities);
      rows += batch.length;
      histogram.recordValue((after - before) / batch.length);
    }
    return new Part(rows, began, after, histogram);
  }

  /** A look at the result, so that computing it is never in vain. */
  private static void requireRows(int[][] batch, float[][] probabilities) {
    if (probabilities.length != batch.length) {
      throw new IllegalStateException(
          "%d results for %d texts".formatted(probabilities.length, batch.length));
    }
  }

  private static Timing sum(List<Future<Part>> threads) throws InterruptedException {
    Histogram all = new Histogram(DIGITS);
    long rows = 0;
    long began = Long.MAX_VALUE;
    long ended = Long.MIN_VALUE;
    for (Future<Part> thread : threads) {
      Part part = get(thread);
      rows += part.rows();
      began = Math.min(began, part.beganNanos());
      ended = Math.max(ended, part.endedNanos());
      all.add(part.nanosARow());
    }
    return new Timing(rows / (Math.max(1, ended - began) / 1e9), all);
  }

  private static Part get(Future<Part> thread) throws InterruptedException {
    try {
      return thread.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a caller failed", e.getCause());
    }
  }

  /** Ends the threads; calls under way come to their end first. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
