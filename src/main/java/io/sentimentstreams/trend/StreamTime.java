package io.sentimentstreams.trend;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How far the time of events has come in all sources (partitions of the input) together: as far as
 * in the one that is furthest behind, so that a source that is worked off late has no late events.
 * A source that was not heard of for a while (idle) is not waited for; where all are idle, time
 * goes on as the clock does. Nor is one waited for that is too far behind the furthest one: what
 * waits for it is kept, and there must be an end to that. Time never goes back.
 *
 * <p>Where nobody asked for long, the process stood still, or was at work on something slow:
 * sources may have been silent for that reason alone, so that no more than half of the idle time
 * counts.
 *
 * <p>For one thread.
 */
public final class StreamTime {
  /** The time of a source without events so far, and of all together before all are known. */
  public static final long UNKNOWN = Long.MIN_VALUE;

  private final long idleMillis;
  private final long behindMillis;
  private final Map<String, Source> sources = new TreeMap<>();
  private long askedAt;
  private long time = UNKNOWN;

  /**
   * Time at the beginning: unknown.
   *
   * @param idle how long a source is waited for
   * @param behind how far the time of a source that is waited for may be behind the furthest one
   * @param expected sources that are to be waited for before anything was heard of them
   * @param now of the clock, in milliseconds
   */
  public StreamTime(Duration idle, Duration behind, Collection<String> expected, long now) {
    this.idleMillis = idle.toMillis();
    this.behindMillis = behind.toMillis();
    this.askedAt = now;
    expected.forEach(source -> sources.put(source, new Source(UNKNOWN, now)));
  }

  /** Goes on from what {@link #reached} and {@link #time} said before a restart. */
  void restore(Map<String, Long> reached, long formerTime) {
    reached.forEach((source, at) -> sources.put(source, new Source(at, askedAt)));
    time = formerTime;
  }

  /** The source lives. */
  public void heard(String source, long now) {
    reached(source, UNKNOWN, now);
  }

  /** The source lives, and has events of this time. */
  public void reached(String source, long eventTime, long now) {
    sources.merge(
        source,
        new Source(eventTime, now),
        (before, after) -> new Source(Math.max(before.time(), after.time()), now));
  }

  /** How far events have come, milliseconds since the epoch; {@link #UNKNOWN} at first. */
  public long time(long now) {
    long unasked = now - askedAt - idleMillis / 2;
    if (unasked > 0) {
      sources.replaceAll((name, source) -> source.heardLater(unasked, now));
    }
    askedAt = now;
    OptionalLong slowest =
        sources.values().stream()
            .filter(source -> now - source.heardAt() < idleMillis)
            .mapToLong(Source::time)
            .min();
    long reached = slowest.orElseGet(() -> asTheClockGoes(now));
    if (reached != UNKNOWN) {
      time = Math.max(time, Math.max(reached, furthest() - behindMillis));
    }
    return time;
  }

  private long furthest() {
    return sources.values().stream().mapToLong(Source::time).max().orElse(UNKNOWN);
  }

  /** What {@link #time(long)} gave last. */
  long time() {
    return time;
  }

  /** How far each source has come. */
  Map<String, Long> reached() {
    Map<String, Long> reached = new TreeMap<>();
    sources.forEach((name, source) -> reached.put(name, source.time()));
    return reached;
  }

  private long asTheClockGoes(long now) {
    return sources.values().stream()
        .filter(source -> source.time() != UNKNOWN)
        .mapToLong(source -> source.time() + (now - source.heardAt()))
        .max()
        .orElse(UNKNOWN);
  }

  private record Source(long time, long heardAt) {
    Source heardLater(long millis, long now) {
      return new Source(time, Math.min(now, heardAt + millis));
    }
  }
}
