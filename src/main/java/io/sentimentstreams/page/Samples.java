package io.sentimentstreams.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A lossy way from the stream to the page: so many events a second at most, spread over the time,
 * and dead letters apart from them, so that neither crowds the other out. Whoever gives never
 * waits; what nobody takes in time is dropped.
 *
 * <p>Safe for use by several threads at once.
 */
public final class Samples {
  private static final int CAPACITY = 64;

  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Budget labelled;
  private final Budget dead;
  private final BlockingQueue<Sample> queue = new ArrayBlockingQueue<>(CAPACITY);

  /**
   * Nothing is taken yet.
   *
   * @param perSecond labelled events a second, and as many dead letters; 0 for none at all
   * @param nanos as {@link System#nanoTime}
   * @param random which of many are taken
   */
  public Samples(int perSecond, LongSupplier nanos, RandomGenerator random) {
    this.nanos = nanos;
    this.random = random;
    this.labelled = new Budget(perSecond, nanos.getAsLong());
    this.dead = new Budget(perSecond, nanos.getAsLong());
  }

  /** Whether a labelled event would be taken now: cheap, to be asked first. */
  public synchronized boolean wantsLabelled() {
    return labelled.whole(nanos.getAsLong()) > 0;
  }

  /** Whether a dead letter would be taken now. */
  public synchronized boolean wantsDead() {
    return dead.whole(nanos.getAsLong()) > 0;
  }

  /** As many of these labelled events as are wanted now, from all over the list. */
  public synchronized <T> List<T> ofLabelled(List<T> events) {
    return some(events, labelled);
  }

  /** As many of these dead letters as are wanted now, from all over the list. */
  public synchronized <T> List<T> ofDead(List<T> letters) {
    return some(letters, dead);
  }

  private <T> List<T> some(List<T> all, Budget budget) {
    int count = budget.take(all.size(), nanos.getAsLong());
    if (count == all.size()) {
      return all;
    }
    List<T> some = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int from = (int) ((long) i * all.size() / count);
      int to = (int) ((long) (i + 1) * all.size() / count);
      some.add(all.get(random.nextInt(from, to)));
    }
    return some;
  }

  /** Gives one to the page, or drops it where the page is behind. */
  public void offer(Sample sample) {
    queue.offer(sample);
  }

  /** The next one; null where none comes within this time. */
  @Nullable Sample take(Duration within) throws InterruptedException {
    return queue.poll(within.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** A second's worth at most, filled evenly. */
  private static final class Budget {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private double left;
    private long lastNanos;

    Budget(int perSecond, long nowNanos) {
      this.perSecond = perSecond;
      this.left = perSecond;
      this.lastNanos = nowNanos;
    }

    int whole(long nowNanos) {
      left = Math.min(perSecond, left + perSecond * (nowNanos - lastNanos) / SECOND);
      lastNanos = nowNanos;
      return (int) left;
    }

    int take(int most, long nowNanos) {
      int taken = Math.min(most, whole(nowNanos));
      left -= taken;
      return taken;
    }
  }
}
