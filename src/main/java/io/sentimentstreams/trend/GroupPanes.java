package io.sentimentstreams.trend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is known of one group: the panes of windows that are open or were the last to close, and
 * whether its alert is raised.
 *
 * @param panes tallies by the beginning of the pane, milliseconds since the epoch; none is empty
 * @param raisedSince when the alert began; empty where there is none
 */
public record GroupPanes(SortedMap<Long, Tally> panes, OptionalLong raisedSince) {
  /** Of a group that is new. */
  static final GroupPanes EMPTY = new GroupPanes(new TreeMap<>(), OptionalLong.empty());

  public GroupPanes {
    panes = new TreeMap<>(panes);
  }

  @Override
  public SortedMap<Long, Tally> panes() {
    return new TreeMap<>(panes);
  }

  boolean isEmpty() {
    return panes.isEmpty();
  }

  GroupPanes plus(long pane, Tally tally) {
    TreeMap<Long, Tally> more = new TreeMap<>(panes);
    more.merge(pane, tally, Tally::plus);
    return new GroupPanes(more, raisedSince);
  }

  GroupPanes raised(OptionalLong since) {
    return new GroupPanes(panes, since);
  }

  /** Without panes that no later window has, nor the window before one. */
  GroupPanes after(long closedEnd, Windows windows) {
    return new GroupPanes(panes.tailMap(closedEnd - 2 * windows.sizeMillis() + 1), raisedSince);
  }

  /** The windows with events that end after one time and not after the other, the oldest first. */
  List<Trend> windows(Windows windows, long after, long through) {
    TreeSet<Long> ends = new TreeSet<>();
    for (Long pane : panes.keySet()) {
      // Aligned: a pane may be of a run with another advance.
      long begin = windows.paneOf(pane);
      for (long end = begin + windows.advanceMillis();
          end <= begin + windows.sizeMillis();
          end += windows.advanceMillis()) {
        if (end > after && end <= through) {
          ends.add(end);
        }
      }
    }
    List<Trend> trends = new ArrayList<>();
    for (long end : ends) {
      trends.add(window(windows, end));
    }
    return trends;
  }

  /** The windows whose panes are all here, from the oldest to the one of the newest event. */
  public List<Trend> known(Windows windows, long closedEnd) {
    long after = closedEnd == StreamTime.UNKNOWN ? closedEnd : closedEnd - windows.sizeMillis();
    return windows(windows, after, newestEnd(windows));
  }

  /** The window that ends with the newest pane. */
  public Trend newest(Windows windows) {
    return window(windows, newestEnd(windows));
  }

  private long newestEnd(Windows windows) {
    return windows.paneOf(panes.lastKey()) + windows.advanceMillis();
  }

  private Trend window(Windows windows, long end) {
    long start = end - windows.sizeMillis();
    return new Trend(start, end, between(start, end), between(start - windows.sizeMillis(), start));
  }

  private Tally between(long from, long to) {
    Tally sum = Tally.NONE;
    for (Map.Entry<Long, Tally> pane : panes.subMap(from, to).entrySet()) {
      sum = sum.plus(pane.getValue());
    }
    return sum;
  }
}
