package io.sentimentstreams.letters;

import java.util.EnumMap;
import java.util.Map;

/** What a replay did, counted in letters. */
public final class ReplayReport {
  private final Map<ReplayHindrance, Long> hindered = new EnumMap<>(ReplayHindrance.class);
  private long replayed;
  private long before;
  private long unreadable;

  ReplayReport() {
    for (ReplayHindrance hindrance : ReplayHindrance.values()) {
      hindered.put(hindrance, 0L);
    }
  }

  void countReplayed() {
    replayed++;
  }

  void countBefore() {
    before++;
  }

  void countUnreadable() {
    unreadable++;
  }

  void count(ReplayHindrance hindrance) {
    hindered.merge(hindrance, 1L, Long::sum);
  }

  /** Sent now; where nothing was to be sent, those that would have been. */
  public long replayed() {
    return replayed;
  }

  /** Sent to the same topic before, so not again. */
  public long before() {
    return before;
  }

  /** Records of the dead-letter topic that are no letters. */
  public long unreadable() {
    return unreadable;
  }

  /** Those that cannot be sent, by why. */
  public Map<ReplayHindrance, Long> hindered() {
    return Map.copyOf(hindered);
  }
}
