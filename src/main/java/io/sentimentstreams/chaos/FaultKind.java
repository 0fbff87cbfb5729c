package io.sentimentstreams.chaos;

/** What is done under load. */
public enum FaultKind {
  /** An instance is killed (SIGKILL) and started anew. */
  KILL("kill"),
  /** An instance stands still (SIGSTOP) past its session, and then goes on (SIGCONT): a zombie. */
  ZOMBIE("zombie"),
  /** An instance is told to stop (SIGTERM), and is started anew when it has. */
  STOP("stop"),
  /** One more instance is started. */
  SCALE_OUT("scaleOut"),
  /** The additional instance is told to stop (SIGTERM), for good. */
  SCALE_IN_STOP("scaleInStop"),
  /** The additional instance is killed (SIGKILL), for good. */
  SCALE_IN_KILL("scaleInKill"),
  /** Another model is activated on the control topic. */
  ACTIVATION("activation"),
  /**
   * What is activated is taken back, the settings file gets another model, and all instances are
   * stopped (SIGTERM) and started anew, one after the other.
   */
  ROLLING_RESTART("rollingRestart"),
  /** A broker is killed (SIGKILL) and started anew a while later. */
  BROKER_KILL("brokerKill"),
  /** A broker is told to stop (SIGTERM), and is started anew a while later. */
  BROKER_STOP("brokerStop"),
  /** A broker stands still (SIGSTOP), as if the network were gone, and goes on (SIGCONT). */
  BROKER_PAUSE("brokerPause");

  private final String code;

  FaultKind(String code) {
    this.code = code;
  }

  /** As it is written. */
  public String code() {
    return code;
  }

  @Override
  public String toString() {
    return code;
  }

  /** Whether it befalls a broker. */
  boolean isOfBroker() {
    return this == BROKER_KILL || this == BROKER_STOP || this == BROKER_PAUSE;
  }

  /** Whether it needs two models. */
  public boolean isOfModels() {
    return this == ACTIVATION || this == ROLLING_RESTART;
  }
}
