package io.sentimentstreams.control;

/** A record of the control topic. */
public sealed interface ControlRecord {

  /**
   * A route shall use another model.
   *
   * @param route the route's name, the record's key
   */
  record Activated(String route, Activation activation) implements ControlRecord {}

  /**
   * A route shall use the model of the settings again.
   *
   * @param route the route's name, the record's key
   */
  record Deactivated(String route) implements ControlRecord {}

  /** What an instance says of itself. */
  record Reported(InstanceReport report) implements ControlRecord {}

  /**
   * An instance has ended, or has been silent for long.
   *
   * @param instance its name
   */
  record Ended(String instance) implements ControlRecord {}
}
