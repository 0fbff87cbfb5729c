package io.sentimentstreams.letters;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a letter is asked for by: its own place in the dead-letter topic, or that of its event.
 *
 * @param topic the event's topic, null where the place is the letter's own
 * @param partition 0 or more
 * @param offset 0 or more
 */
public record LetterAddress(@Nullable String topic, int partition, long offset) {
  private static final Pattern FORM =
      Pattern.compile("(?:([a-zA-Z0-9._-]{1,249}):)?(\\d{1,9}):(\\d{1,18})");

  /** Reads {@code 2:17}, a letter, or {@code tweets:2:17}, an event. */
  public static LetterAddress parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new InvalidInputException(
          "\"%s\" is no place: give PARTITION:OFFSET of the letter, or TOPIC:PARTITION:OFFSET of its event"
              .formatted(text));
    }
    return new LetterAddress(
        matcher.group(1), Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3)));
  }

  /** Whether this is the place of a letter, not of an event. */
  public boolean isOfLetter() {
    return topic == null;
  }

  /** Whether this is where the letter's event came from. */
  public boolean isOfEvent(DeadLetter letter) {
    return letter.source().topic().equals(topic)
        && letter.source().partition() == partition
        && letter.source().offset() == offset;
  }

  @Override
  public String toString() {
    String place = partition + ":" + offset;
    return topic == null ? place : topic + ":" + place;
  }
}
