package io.sentimentstreams.trend;

/**
 * Events of one group, one pane and one source.
 *
 * @param source where they were counted
 * @param pane the pane's beginning, milliseconds since the epoch
 * @param tally of at least one event
 */
public record PartialTally(String source, long pane, Tally tally) {}
