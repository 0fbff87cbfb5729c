package io.sentimentstreams.batch;

import java.io.Serial;

/** Bytes that are no frame of this version; the message says what is wrong and at which byte. */
public final class MalformedFrameException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  MalformedFrameException(String message) {
    super(message);
  }
}
