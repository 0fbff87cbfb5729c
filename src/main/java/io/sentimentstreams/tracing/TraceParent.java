package io.sentimentstreams.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sentimentstreams.batch.FrameHeader;
import io.sentimentstreams.batch.FrameRow;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent} of W3C's Trace Context: which span an event is from.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param sampled whether its sender keeps the trace
 */
record TraceParent(String traceId, String spanId, boolean sampled) {
  private static final String NAME = "traceparent";

  /** Of version 00 and, by its beginning, of later ones; ids of zeros are none. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

  /** Longer is none. */
  private static final int LONGEST = 512;

  /** Of an event; empty where it has none that can be read. The last header of the name counts. */
  static Optional<TraceParent> of(FrameRow row) {
    Optional<TraceParent> found = Optional.empty();
    for (FrameHeader header : row.headers()) {
      byte[] value = header.value();
      if (header.key().equals(NAME) && value != null && value.length <= LONGEST) {
        found = parse(new String(value, ISO_8859_1));
      }
    }
    return found;
  }

  static Optional<TraceParent> parse(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches()
        ? Optional.of(
            new TraceParent(
                parts.group(1), parts.group(2), (Integer.parseInt(parts.group(3), 16) & 1) == 1))
        : Optional.empty();
  }
}
