package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.RecordHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How often an event was replayed: a decimal number in a header of the event. */
public final class ReplayCount {
  private ReplayCount() {}

  /**
   * By the event's last header of that name; 0 where it has none, or one that is no such number.
   */
  public static int of(DeadLetter letter) {
    List<DeadLetter.Header> headers = letter.headers();
    for (int i = headers.size() - 1; i >= 0; i--) {
      if (headers.get(i).key().equals(RecordHeaders.REPLAY_COUNT)) {
        return number(headers.get(i).value());
      }
    }
    return 0;
  }

  private static int number(DeadLetter.@Nullable Content content) {
    String text = content == null ? "" : new String(content.bytes(), US_ASCII);
    return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
  }
}
