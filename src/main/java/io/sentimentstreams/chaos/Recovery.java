package io.sentimentstreams.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the stream takes to get over faults: from a fault's time until each output partition has
 * an output, committed, of an event that was sent later; where models are exchanged, one that the
 * new model made. Whatever faults come meanwhile are included. Pure; safe for use by several
 * threads.
 */
final class Recovery {
  private final int partitions;
  private final List<Open> open = new ArrayList<>();
  private final Map<FaultKind, List<Duration>> done = new EnumMap<>(FaultKind.class);
  private final Map<FaultKind, Integer> givenUp = new EnumMap<>(FaultKind.class);

  Recovery(int partitions) {
    this.partitions = partitions;
  }

  /** A fault from whose time on the stream could recover. */
  synchronized void fault(FaultKind kind, Instant at) {
    open.add(new Open(kind, at, at, null, new BitSet()));
  }

  /**
   * Models were exchanged. Exchanges before this one that were not through will not be.
   *
   * @param at from which the time counts
   * @param asked which events must have an output of the new model: those sent later
   * @param version of the new model
   */
  synchronized void exchange(FaultKind kind, Instant at, Instant asked, String version) {
    open.removeIf(fault -> fault.version != null);
    open.add(new Open(kind, at, asked, version, new BitSet()));
  }

  /** What a fault had begun did not come to its end in time: it counts as not recovered from. */
  synchronized void giveUp(FaultKind kind) {
    givenUp.merge(kind, 1, Integer::sum);
  }

  /**
   * An output was read.
   *
   * @param sent when its event was
   * @param version of the model that made it
   */
  synchronized void output(int partition, Instant sent, @Nullable String version, Instant read) {
    for (Iterator<Open> faults = open.iterator(); faults.hasNext(); ) {
      Open fault = faults.next();
      if (fault.isOver(partition, sent, version) && fault.over.cardinality() == partitions) {
        faults.remove();
        done.computeIfAbsent(fault.kind, any -> new ArrayList<>())
            .add(Duration.between(fault.at, read));
      }
    }
  }

  /** Whether the stream is over all faults. */
  synchronized boolean isComplete() {
    return open.isEmpty();
  }

  /** How many faults of each kind the stream is not over. */
  synchronized Map<FaultKind, Integer> missing() {
    Map<FaultKind, Integer> missing = new EnumMap<>(FaultKind.class);
    missing.putAll(givenUp);
    open.forEach(fault -> missing.merge(fault.kind, 1, Integer::sum));
    return missing;
  }

  /** The recovery times by kind, ascending. */
  synchronized Map<FaultKind, List<Duration>> times() {
    Map<FaultKind, List<Duration>> times = new EnumMap<>(FaultKind.class);
    done.forEach((kind, list) -> times.put(kind, list.stream().sorted().toList()));
    return times;
  }

  /**
   * A fault that is not over.
   *
   * @param sentAfter outputs of events that were sent later count
   * @param version of the model whose outputs count; null for any
   * @param over the partitions that have one
   */
  private record Open(
      FaultKind kind, Instant at, Instant sentAfter, @Nullable String version, BitSet over) {

    /** Whether the partition has such an output, now or before. */
    boolean isOver(int partition, Instant sent, @Nullable String by) {
      if (sent.isAfter(sentAfter) && (version == null || version.equals(by))) {
        over.set(partition);
      }
      return over.get(partition);
    }
  }
}
