package io.sentimentstreams.event;

/** An {@link EventCodec} cannot work now, through no fault of any event. */
public final class CodecUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With one line for people. */
  public CodecUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
