package io.sentimentstreams.event;

import io.sentimentstreams.batch.FrameHeader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The headers that a dead letter gets besides those of its event: KIP-1034's and the reason. */
public final class DeadLetterHeaders {
  /** Characters of a stack trace that are kept. */
  static final int MAXIMUM_STACKTRACE_LENGTH = 8 * 1024;

  private DeadLetterHeaders() {}

  /**
   * The headers of a dead letter.
   *
   * @param cause what failed for this event, null where the event itself is bad
   */
  public static List<FrameHeader> of(DeadLetter letter, @Nullable Throwable cause) {
    List<FrameHeader> headers = new ArrayList<>();
    headers.add(header(RecordHeaders.DEAD_LETTER_REASON, letter.reason().code()));
    if (cause != null) {
      headers.add(header(RecordHeaders.ERROR_EXCEPTION, cause.getClass().getName()));
      headers.add(header(RecordHeaders.ERROR_STACKTRACE, stackTrace(cause)));
    }
    headers.add(header(RecordHeaders.ERROR_MESSAGE, letter.detail()));
    headers.add(header(RecordHeaders.ERROR_TOPIC, letter.topic()));
    headers.add(header(RecordHeaders.ERROR_PARTITION, Integer.toString(letter.partition())));
    headers.add(header(RecordHeaders.ERROR_OFFSET, Long.toString(letter.offset())));
    return headers;
  }

  private static FrameHeader header(String key, String value) {
    return new FrameHeader(key, Utf8.wellFormed(value).getBytes(StandardCharsets.UTF_8));
  }

  private static String stackTrace(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    String text = trace.toString();
    return text.substring(0, Math.min(text.length(), MAXIMUM_STACKTRACE_LENGTH));
  }
}
