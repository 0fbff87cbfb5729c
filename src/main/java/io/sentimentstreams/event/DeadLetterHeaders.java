package io.sentimentstreams.event;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The headers that a dead letter gets besides those of its event: KIP-1034's and the reason. */
public final class DeadLetterHeaders {
  /** Characters of a stack trace that are kept. */
  static final int MAXIMUM_STACKTRACE_LENGTH = 8 * 1024;

  /** Frames of one exception that are kept, so that there is room for its causes. */
  private static final int MAXIMUM_FRAMES = 20;

  /**
   * What stands in the place of an exception where the event itself is bad and nothing is thrown.
   */
  private static final Class<?> NOTHING_THROWN = Rejected.class;

  private DeadLetterHeaders() {}

  /**
   * The headers of a dead letter: names and values, which are text for UTF-8.
   *
   * @param cause what failed for this event, null where the event itself is bad
   */
  public static Map<String, String> of(DeadLetter letter, @Nullable Throwable cause) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(RecordHeaders.DEAD_LETTER_REASON, letter.reason().code());
    headers.put(
        RecordHeaders.ERROR_EXCEPTION,
        (cause == null ? NOTHING_THROWN : cause.getClass()).getName());
    headers.put(
        RecordHeaders.ERROR_STACKTRACE,
        cause == null
            ? "%s: %s\n".formatted(NOTHING_THROWN.getName(), letter.detail())
            : stackTrace(cause));
    headers.put(RecordHeaders.ERROR_MESSAGE, letter.detail());
    headers.put(RecordHeaders.ERROR_TOPIC, letter.source().topic());
    headers.put(RecordHeaders.ERROR_PARTITION, Integer.toString(letter.source().partition()));
    headers.put(RecordHeaders.ERROR_OFFSET, Long.toString(letter.source().offset()));
    return headers;
  }

  /** The exception and its causes, each with its innermost frames, as far as they fit. */
  private static String stackTrace(Throwable thrown) {
    StringBuilder trace = new StringBuilder();
    for (Throwable t = thrown; t != null && fits(trace); t = t.getCause()) {
      trace.append(t == thrown ? "" : "Caused by: ").append(t).append('\n');
      StackTraceElement[] frames = t.getStackTrace();
      int shown = Math.min(frames.length, MAXIMUM_FRAMES);
      for (int i = 0; i < shown; i++) {
        trace.append("\tat ").append(frames[i]).append('\n');
      }
      if (shown < frames.length) {
        trace.append("\t... ").append(frames.length - shown).append(" more\n");
      }
    }
    return fits(trace) ? trace.toString() : trace.substring(0, MAXIMUM_STACKTRACE_LENGTH);
  }

  private static boolean fits(StringBuilder trace) {
    return trace.length() <= MAXIMUM_STACKTRACE_LENGTH;
  }
}
