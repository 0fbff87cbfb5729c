package io.sentimentstreams.audit;

/**
 * What is audited of an input partition.
 *
 * @param from the first offset
 * @param to behind the last offset
 * @param compacted whether the broker may take events away between others, so that outputs without
 *     an event are no fault
 */
public record Scope(Partition input, long from, long to, boolean compacted) {
  public Scope {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException("%s: from %d to %d".formatted(input, from, to));
    }
  }

  boolean holds(long offset) {
    return offset >= from && offset < to;
  }
}
