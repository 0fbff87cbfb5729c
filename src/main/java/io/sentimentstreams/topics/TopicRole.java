package io.sentimentstreams.topics;

/** What a topic is to the stream. */
public enum TopicRole {
  /** Read by a route. */
  INPUT,
  /** Written by a route: labelled events. */
  OUTPUT,
  /** Written: events that could not be labelled. */
  DEAD_LETTERS,
  /** Read and written by replays of dead letters. */
  REPLAYS,
  /** Written: what a route's model and its shadow label differently. */
  DISAGREEMENTS,
  /** Written: windows of labelled events by group. */
  TRENDS,
  /** Written: alerts on groups. */
  ALERTS,
  /** Read and written: which models the routes use. */
  CONTROL
}
