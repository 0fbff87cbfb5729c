package io.sentimentstreams.chaos;

/** What is done to a process. */
public enum FaultKind {
  /** An instance is killed (SIGKILL) and started anew. */
  KILL("kill"),
  /** An instance stands still (SIGSTOP) past its session, and then goes on (SIGCONT): a zombie. */
  ZOMBIE("zombie"),
  /** An instance is told to stop (SIGTERM), and is started anew when it has. */
  STOP("stop"),
  /** The broker is killed (SIGKILL) and started anew a while later. */
  BROKER_KILL("brokerKill"),
  /** The broker is told to stop (SIGTERM), and is started anew a while later. */
  BROKER_STOP("brokerStop"),
  /** The broker stands still (SIGSTOP), as if the network were gone, and goes on (SIGCONT). */
  BROKER_PAUSE("brokerPause");

  private final String code;

  FaultKind(String code) {
    this.code = code;
  }

  /** As it is written. */
  public String code() {
    return code;
  }

  /** Whether it befalls the broker. */
  boolean isOfBroker() {
    return this == BROKER_KILL || this == BROKER_STOP || this == BROKER_PAUSE;
  }
}
