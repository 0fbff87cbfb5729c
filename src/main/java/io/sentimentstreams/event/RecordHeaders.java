package io.sentimentstreams.event;

/**
 * Names of the headers that the stream adds to its outputs, besides the headers of the input. All
 * values are UTF-8 text; partitions and offsets are decimal numbers.
 */
public final class RecordHeaders {
  /** The topic of the input event. */
  public static final String SOURCE_TOPIC = "sentiment.source.topic";

  /** The partition of the input event. */
  public static final String SOURCE_PARTITION = "sentiment.source.partition";

  /** The offset of the input event. */
  public static final String SOURCE_OFFSET = "sentiment.source.offset";

  /** The name of the model that labelled the event. */
  public static final String MODEL = "sentiment.model";

  /** The version of the model that labelled the event: the hash of its content. */
  public static final String MODEL_VERSION = "sentiment.model.version";

  /** The {@link RejectionReason#code()} of a dead letter. */
  public static final String DEAD_LETTER_REASON = "sentiment.dead-letter.reason";

  /** How often an event was replayed from the dead letters; it is the event's own header then. */
  public static final String REPLAY_COUNT = "sentiment.replay.count";

  /** What the names of KIP-1034 begin with. */
  public static final String ERROR_PREFIX = "__streams.errors.";

  /** The class of what a dead letter stems from (KIP-1034). */
  public static final String ERROR_EXCEPTION = "__streams.errors.exception";

  /** What went wrong (KIP-1034). */
  public static final String ERROR_MESSAGE = "__streams.errors.message";

  /** The stack trace of the exception (KIP-1034); without a frame where nothing was thrown. */
  public static final String ERROR_STACKTRACE = "__streams.errors.stacktrace";

  /** The topic of the event that failed (KIP-1034). */
  public static final String ERROR_TOPIC = "__streams.errors.topic";

  /** The partition of the event that failed (KIP-1034). */
  public static final String ERROR_PARTITION = "__streams.errors.partition";

  /** The offset of the event that failed (KIP-1034). */
  public static final String ERROR_OFFSET = "__streams.errors.offset";

  private RecordHeaders() {}
}
