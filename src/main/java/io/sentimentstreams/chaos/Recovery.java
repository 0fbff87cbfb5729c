package io.sentimentstreams.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * How long the stream takes to get over faults: from a fault's time until each output partition has
 * an output, committed, of an event that was sent later. Whatever faults come meanwhile are
 * included. Pure; safe for use by several threads.
 */
final class Recovery {
  private final Instant[] newest; // [partitions]
  private final List<Open> open = new ArrayList<>();
  private final Map<FaultKind, List<Duration>> done = new EnumMap<>(FaultKind.class);

  Recovery(int partitions) {
    newest = new Instant[partitions];
    Arrays.fill(newest, Instant.MIN);
  }

  /** A fault from whose time on the stream could recover. */
  synchronized void fault(FaultKind kind, Instant at) {
    open.add(new Open(kind, at));
  }

  /** An output of an event that was sent at this time was read. */
  synchronized void output(int partition, Instant sent, Instant read) {
    if (!sent.isAfter(newest[partition])) {
      return;
    }
    newest[partition] = sent;
    Instant all = Collections.min(Arrays.asList(newest));
    for (Iterator<Open> faults = open.iterator(); faults.hasNext(); ) {
      Open fault = faults.next();
      if (all.isAfter(fault.at)) {
        faults.remove();
        done.computeIfAbsent(fault.kind, any -> new ArrayList<>())
            .add(Duration.between(fault.at, read));
      }
    }
  }

  /** The recovery times by kind, ascending. */
  synchronized Map<FaultKind, List<Duration>> times() {
    Map<FaultKind, List<Duration>> times = new EnumMap<>(FaultKind.class);
    done.forEach((kind, list) -> times.put(kind, list.stream().sorted().toList()));
    return times;
  }

  private record Open(FaultKind kind, Instant at) {}
}
