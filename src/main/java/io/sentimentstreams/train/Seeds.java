package io.sentimentstreams.train;

import java.util.SplittableRandom;

/**
 * Where the random numbers of a training come from: each epoch and each step has seeds of its own,
 * made of the training's seed and a number. So a training that goes on from a checkpoint draws what
 * it would have drawn, and nothing of a generator's state has to be kept.
 */
final class Seeds {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;

  Seeds(long seed) {
    this.seed = seed;
  }

  /** For the order of an epoch's batches. */
  SplittableRandom order(int epoch) {
    return new SplittableRandom(of(1, epoch));
  }

  /** For the words that a step drops. */
  SplittableRandom words(long step) {
    return new SplittableRandom(of(2, step));
  }

  /** For the dropouts within the network at a step. */
  long dropout(long step) {
    return of(3, step);
  }

  /** Two rounds of SplitMix64 (Steele, Lea and Flood 2014): near numbers give far seeds. */
  private long of(int use, long number) {
    return mix(mix(seed + use * GOLDEN) + number * GOLDEN);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
