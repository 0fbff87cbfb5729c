package io.sentimentstreams.letters;

/** Why a letter cannot be replayed. */
public enum ReplayHindrance {
  /** The letter holds only a part of the key, the value or the headers. */
  CUT_OFF("the letter keeps only the first bytes of its event", "cutOff"),

  /** The topic takes no record of that size. */
  TOO_LARGE("larger than the topic takes", "tooLarge"),

  /** The topic's {@code retention.ms} would delete the event, by its time, as it arrives. */
  TOO_OLD(
      "older than the topic keeps events (--now sends them with the time of the replay)", "tooOld"),

  /** The event was replayed as often as it may be, and dead-lettered each time. */
  TOO_OFTEN("replayed too often (--replays-below tells how often is enough)", "tooOften"),

  /** The topic is not there. */
  NO_TOPIC("the topic does not exist (--to names another)", "noTopic");

  private final String description;
  private final String code;

  ReplayHindrance(String description, String code) {
    this.description = description;
    this.code = code;
  }

  /** For people. */
  public String description() {
    return description;
  }

  /** For machines. */
  public String code() {
    return code;
  }
}
