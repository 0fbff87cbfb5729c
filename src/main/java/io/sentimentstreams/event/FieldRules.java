package io.sentimentstreams.event;

import io.sentimentstreams.InvalidInputException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event is, by what stands at a route's pointers in its value: the rules that all formats
 * have in common. Thread-safe.
 */
public final class FieldRules {
  private final JsonPath textPath;
  private final int maximumTextBytes;

  /**
   * The rules of one route.
   *
   * @param textPath where the text is looked for, for messages
   * @param maximumTextBytes of the text in UTF-8, 1 or more
   */
  public FieldRules(JsonPath textPath, int maximumTextBytes) {
    if (maximumTextBytes < 1) {
      throw new InvalidInputException(
          "maximumTextBytes: %d, but a whole number of 1 or more is needed"
              .formatted(maximumTextBytes));
    }
    this.textPath = textPath;
    this.maximumTextBytes = maximumTextBytes;
  }

  /**
   * What stands at the pointers.
   *
   * @param id null where there is none, or it is neither string nor number
   * @param text null where there is none, or it is no string
   * @param textKind what stands at the text pointer, in words, null for nothing
   * @param groups the different strings and numbers at the group's pointer, well-formed
   */
  public record Found(
      @Nullable String id, @Nullable String text, @Nullable String textKind, List<String> groups) {}

  /** The event that these fields make. */
  public ParsedEvent event(Found found) {
    String id = found.id();
    if (id != null && id.length() > EventParser.MAXIMUM_ID_LENGTH) {
      return new Rejected(
          RejectionReason.LIMIT_EXCEEDED,
          "the id has %d characters, more than %d"
              .formatted(id.length(), EventParser.MAXIMUM_ID_LENGTH));
    }
    if (found.textKind() == null) {
      return new Rejected(RejectionReason.TEXT_MISSING, "no field at " + textPath);
    }
    String text = found.text();
    if (text == null) {
      return new Rejected(
          RejectionReason.TEXT_NOT_A_STRING, "%s is %s".formatted(textPath, found.textKind()));
    }
    long bytes = text.length() > maximumTextBytes / 3 ? Utf8.length(text) : 0;
    return bytes > maximumTextBytes
        ? tooLong(Long.toString(bytes))
        : nonEmpty(id, text, found.groups());
  }

  /** The event of a text that is known to be no longer than the route takes. */
  static ParsedEvent nonEmpty(@Nullable String id, String text, List<String> groups) {
    if (text.codePoints().anyMatch(FieldRules::isVisible)) {
      return new TextEvent(id, text, groups);
    }
    return new Rejected(
        RejectionReason.EMPTY_TEXT,
        text.isEmpty() ? "the text is empty" : "the text has no visible character");
  }

  /** Everything but white space, separators, controls and format characters. */
  private static boolean isVisible(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          false;
      default -> true;
    };
  }

  /**
   * What becomes of a text that is too long.
   *
   * @param bytes how long it is, in words
   */
  Rejected tooLong(String bytes) {
    return new Rejected(
        RejectionReason.TEXT_TOO_LONG,
        "the text has %s bytes, the route takes %d".formatted(bytes, maximumTextBytes));
  }
}
