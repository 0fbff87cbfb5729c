package io.sentimentstreams.trend;

import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Counts the events of one frame by group and pane, in the source that they came from. For one
 * thread and one frame.
 */
public final class FrameTrends {
  /** Clocks that differ by more are wrong. */
  private static final long AHEAD_MILLIS = Duration.ofMinutes(1).toMillis();

  private final Windows windows;
  private final long now;
  private final long mostAhead;
  private final Map<Key, Counting> counts = new LinkedHashMap<>();
  private long latest = StreamTime.UNKNOWN;
  private long counted;
  private long withoutGroup;
  private long ahead;

  /** Nothing counted; {@code now} is the clock's, in milliseconds. */
  public FrameTrends(Windows windows, long now) {
    this.windows = windows;
    this.now = now;
    this.mostAhead = now + Math.max(AHEAD_MILLIS, windows.grace().toMillis());
  }

  /**
   * An event has this time, whatever its outcome. One that is ahead of the clock shows that the
   * clock's time has come, and no more: windows that are open for others must not close by it.
   */
  public void passed(long timeMillis) {
    latest = Math.max(latest, Math.min(timeMillis, now));
  }

  /**
   * An event of this time got its label.
   *
   * @param groups that it is counted in, all different; none is empty
   */
  public void labelled(List<String> groups, long timeMillis, Labels labels, Prediction prediction) {
    if (timeMillis > mostAhead) {
      ahead++;
    } else if (groups.isEmpty()) {
      withoutGroup++;
    } else {
      counted++;
      long pane = windows.paneOf(timeMillis);
      for (String group : groups) {
        counts.computeIfAbsent(new Key(group, pane), key -> new Counting(labels)).add(prediction);
      }
    }
  }

  /** Shows each group and pane that has events. */
  public void forEach(String source, Visitor visitor) {
    counts.forEach(
        (key, counting) ->
            visitor.visit(key.group(), new PartialTally(source, key.pane(), counting.tally())));
  }

  /** The latest time of an event; empty where none has one. */
  public OptionalLong latest() {
    return latest == StreamTime.UNKNOWN ? OptionalLong.empty() : OptionalLong.of(latest);
  }

  /** Labelled events that are in a pane of one group or more. */
  public long counted() {
    return counted;
  }

  /** Labelled events that have no group. */
  public long withoutGroup() {
    return withoutGroup;
  }

  /** Labelled events whose time is ahead of the clock. */
  public long ahead() {
    return ahead;
  }

  private record Key(String group, long pane) {}

  /** Is shown what was counted. */
  @FunctionalInterface
  public interface Visitor {
    void visit(String group, PartialTally partial);
  }
}
