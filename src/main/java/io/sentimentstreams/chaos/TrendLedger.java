package io.sentimentstreams.chaos;

import io.sentimentstreams.trend.Windows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Compares labelled events with the tumbling windows that were told of them. For one thread. */
final class TrendLedger {
  private final Windows windows;
  private final long begun;
  private final Map<Cell, Long> difference = new HashMap<>();
  private final Set<Window> told = new HashSet<>();
  private long counted;
  private long toldAgain;

  /**
   * Of no events.
   *
   * @param begun events of windows before this time, in milliseconds, were sent late
   */
  TrendLedger(Windows windows, long begun) {
    this.windows = windows;
    this.begun = windows.paneOf(begun);
  }

  /** An event of this time was labelled. */
  void labelled(String group, long timeMillis, String label) {
    add(new Cell(new Window(group, windows.paneOf(timeMillis)), label), 1);
  }

  /** A window was told, with so many events by label. */
  void told(String group, long start, Map<String, Long> labels) {
    Window window = new Window(group, start);
    if (!told.add(window)) {
      toldAgain++;
    }
    labels.forEach(
        (label, events) -> {
          counted += events;
          add(new Cell(window, label), -events);
        });
  }

  private void add(Cell cell, long events) {
    difference.merge(cell, events, (before, more) -> before + more == 0 ? null : before + more);
  }

  /** What is known so far. */
  TrendReport report() {
    long late = 0;
    long missing = 0;
    long surplus = 0;
    for (Map.Entry<Cell, Long> cell : difference.entrySet()) {
      long events = cell.getValue();
      if (events < 0) {
        surplus -= events;
      } else if (cell.getKey().window().start() < begun) {
        late += events;
      } else {
        missing += events;
      }
    }
    return new TrendReport(told.size(), counted, late, missing, surplus, toldAgain);
  }

  private record Window(String group, long start) {}

  private record Cell(Window window, String label) {}
}
