package io.sentimentstreams.stream;

/** Where a stream is in its life. */
public enum StreamState {
  /** Not started. */
  NEW("not started"),
  /** Models are loaded and warmed up. */
  LOADING("loading the models"),
  /** The broker is asked. */
  CONNECTING("connecting to the broker"),
  /** Partitions are being given out; events wait. */
  REBALANCING("waiting for partitions"),
  /** Events are labelled. */
  RUNNING("running"),
  /** It ends its work. */
  STOPPING("stopping"),
  /** It was told to stop, and did. */
  STOPPED("stopped"),
  /** It stopped by itself. */
  FAILED("failed");

  private final String description;

  StreamState(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /** Whether waiting may bring it to work, or it does already. */
  boolean isAlive() {
    return this != STOPPED && this != FAILED;
  }
}
