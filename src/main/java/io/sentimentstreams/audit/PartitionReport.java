package io.sentimentstreams.audit;

/**
 * What was found of one input partition.
 *
 * @param events that were read
 * @param labelled events with a labelled output
 * @param deadLettered events with a dead letter
 * @param lost events that were said to be done and have no output
 * @param pending events that nobody says to be done and that have no output
 * @param expired events without output, of which an output topic may have dropped it by retention
 * @param doubled outputs of events that had one already
 * @param outOfOrder first outputs behind that of a later event
 * @param withoutEvent outputs of offsets that hold no event
 * @param beyondEnd those of them whose offset the partition has not come to, or whose partition the
 *     topic does not have
 */
public record PartitionReport(
    Scope scope,
    long events,
    long labelled,
    long deadLettered,
    long lost,
    long pending,
    long expired,
    long doubled,
    long outOfOrder,
    long withoutEvent,
    long beyondEnd) {

  /**
   * Outputs without event are a fault, but where the broker takes events away between others only
   * those that never had one.
   */
  long faults() {
    return lost + doubled + outOfOrder + (scope.compacted() ? beyondEnd : withoutEvent);
  }
}
