package io.sentimentstreams.event;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers that a dead letter gets besides those of its event: KIP-1034's and the reason. */
public final class DeadLetterHeaders {
  /** Characters of a stack trace that are kept. */
  static final int MAXIMUM_STACKTRACE_LENGTH = 8 * 1024;

  private DeadLetterHeaders() {}

  /**
   * The headers of a dead letter: names and values, which are text for UTF-8.
   *
   * @param cause what failed for this event, null where the event itself is bad
   */
  public static Map<String, String> of(DeadLetter letter, @Nullable Throwable cause) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(RecordHeaders.DEAD_LETTER_REASON, letter.reason().code());
    if (cause != null) {
      headers.put(RecordHeaders.ERROR_EXCEPTION, cause.getClass().getName());
      headers.put(RecordHeaders.ERROR_STACKTRACE, stackTrace(cause));
    }
    headers.put(RecordHeaders.ERROR_MESSAGE, letter.detail());
    headers.put(RecordHeaders.ERROR_TOPIC, letter.source().topic());
    headers.put(RecordHeaders.ERROR_PARTITION, Integer.toString(letter.source().partition()));
    headers.put(RecordHeaders.ERROR_OFFSET, Long.toString(letter.source().offset()));
    return headers;
  }

  private static String stackTrace(Throwable cause) {
    StringWriter trace = new StringWriter();
    cause.printStackTrace(new PrintWriter(trace));
    String text = trace.toString();
    return text.substring(0, Math.min(text.length(), MAXIMUM_STACKTRACE_LENGTH));
  }
}
