package io.sentimentstreams.letters;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which letters of one topic were replayed, and to which topics; a bit or so each. */
public final class ReplayLedger {
  private final Map<String, Map<Integer, OffsetSet>> replayed = new HashMap<>();

  /** Notes it. */
  void add(LetterId letter, String to) {
    replayed
        .computeIfAbsent(to, any -> new HashMap<>())
        .computeIfAbsent(letter.partition(), any -> new OffsetSet())
        .add(letter.offset());
  }

  boolean contains(LetterId letter, String to) {
    OffsetSet offsets = replayed.getOrDefault(to, Map.of()).get(letter.partition());
    return offsets != null && offsets.contains(letter.offset());
  }

  /** The topics that a letter was replayed to, sorted. */
  public Set<String> targets(LetterId letter) {
    Set<String> targets = new TreeSet<>();
    for (String to : replayed.keySet()) {
      if (contains(letter, to)) {
        targets.add(to);
      }
    }
    return targets;
  }
}
