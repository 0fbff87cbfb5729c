package io.sentimentstreams.metrics;

import io.sentimentstreams.event.RejectionReason;
import java.util.EnumMap;
import java.util.Map;

/**
 * What became of one frame's rows. It shows in the route's counters all at once, when the frame is
 * {@link #done}: a frame that fails midway is worked on again, and none of its rows is counted
 * before. So events in, labelled and dead-lettered never drift apart by failures.
 *
 * <p>For one thread.
 */
public final class FrameTally implements AutoCloseable {
  private final RouteMeters meters;
  private final int rows;
  private final int[] labelled; // [labels]
  private final Map<RejectionReason, Integer> deadLettered = new EnumMap<>(RejectionReason.class);

  FrameTally(RouteMeters meters, int rows, int labels) {
    this.meters = meters;
    this.rows = rows;
    this.labelled = new int[labels];
  }

  /** An event got the label of this index. */
  public void labelled(int label) {
    labelled[label]++;
  }

  /** An event went to the dead letters. */
  public void deadLettered(RejectionReason reason) {
    deadLettered.merge(reason, 1, Integer::sum);
  }

  /** All rows were sent on. */
  public void done() {
    meters.count(rows, labelled, deadLettered);
  }

  /** The frame is no longer worked on, done or not. */
  @Override
  public void close() {
    meters.ended(rows);
  }
}
