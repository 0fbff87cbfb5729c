package io.sentimentstreams.audit;

/** What an output says of its event. */
public enum OutputKind {
  /** The event was labelled. */
  LABELLED,
  /** The event went to the dead letters. */
  DEAD_LETTER
}
