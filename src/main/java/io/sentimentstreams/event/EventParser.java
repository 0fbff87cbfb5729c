package io.sentimentstreams.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text and the id in an input value. Every sequence of bytes has a defined outcome; none
 * makes it throw.
 *
 * <p>JSON is read in one pass, without a tree, and to its end: an event counts as JSON only if the
 * whole value is one document. Where a name repeats within an object the last one counts, as with
 * most readers. An id may be a string or a number; anything else leaves the event without id.
 *
 * <p>Thread-safe.
 */
public final class EventParser {
  /** Where a route names no text pointer. */
  public static final String DEFAULT_TEXT_POINTER = "/text";

  /** Where a route names no id pointer. */
  public static final String DEFAULT_ID_POINTER = "/id";

  /** Where a route names no limit: 2 MiB, so that a text of a megabyte passes however counted. */
  public static final int DEFAULT_MAXIMUM_TEXT_BYTES = 2 * 1024 * 1024;

  /** Levels of objects and arrays in a value, where nothing else is asked for. */
  public static final int DEFAULT_MAXIMUM_DEPTH = 100;

  /** Characters of a name in a value. */
  public static final int MAXIMUM_NAME_LENGTH = 10_000;

  /** Characters of a number in a value. */
  public static final int MAXIMUM_NUMBER_LENGTH = 1_000;

  /** Characters of an id. */
  public static final int MAXIMUM_ID_LENGTH = 1_000;

  /** Characters of a group; what is longer is none. */
  public static final int MAXIMUM_GROUP_LENGTH = 1_000;

  /** Groups of an event; further ones are passed over. */
  public static final int MAXIMUM_GROUPS = 20;

  private static final int MAXIMUM_DETAIL_LENGTH = 200;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final EventFormat format;

  /** How Jackson names a place within a message, around the line and column. */
  private static final Pattern PLACE =
      Pattern.compile("\\[Source: [^\\]]*?(line: \\d+, column: \\d+)\\]");

  private final JsonPath textPath;
  private final @Nullable JsonPath idPath;
  private final @Nullable JsonPath groupPath;
  private final FieldRules rules;
  private final int maximumTextBytes;
  private final int maximumDepth;
  private final JsonFactory json;

  /** A parser of one route, with {@link #DEFAULT_MAXIMUM_DEPTH}. */
  public EventParser(
      EventFormat format, String textPointer, @Nullable String idPointer, int maximumTextBytes) {
    this(format, textPointer, idPointer, null, maximumTextBytes, DEFAULT_MAXIMUM_DEPTH);
  }

  /** A parser of events without groups. */
  public EventParser(
      EventFormat format,
      String textPointer,
      @Nullable String idPointer,
      int maximumTextBytes,
      int maximumDepth) {
    this(format, textPointer, idPointer, null, maximumTextBytes, maximumDepth);
  }

  /**
   * A parser of one route.
   *
   * @param textPointer JSON pointer to the text; not used for {@link EventFormat#TEXT}
   * @param idPointer JSON pointer to the id, null where the events have none; not used for {@link
   *     EventFormat#TEXT}
   * @param groupPointer JSON pointer to the group or an array of groups, with {@code *} for each
   *     element of an array; null where the events have none; not used for {@link EventFormat#TEXT}
   * @param maximumTextBytes of the text in UTF-8, 1 or more
   * @param maximumDepth levels of objects and arrays in a value, 1 or more
   */
  public EventParser(
      EventFormat format,
      String textPointer,
      @Nullable String idPointer,
      @Nullable String groupPointer,
      int maximumTextBytes,
      int maximumDepth) {
    this.format = format;
    this.textPath = JsonPath.compile("textPointer", textPointer);
    this.idPath = idPointer == null ? null : JsonPath.compile("idPointer", idPointer);
    this.rules = new FieldRules(textPath, maximumTextBytes);
    this.groupPath = groupPointer == null ? null : JsonPath.compileToMany("trends", groupPointer);
    this.maximumTextBytes = maximumTextBytes;
    this.maximumDepth = maximumDepth;
    this.json = factory(maximumTextBytes, maximumDepth);
  }

  /**
   * The outcome of one value.
   *
   * @param value a record's value as it came, null for a tombstone
   */
  public ParsedEvent parse(byte @Nullable [] value) {
    if (value == null) {
      return new Rejected(RejectionReason.TOMBSTONE, "the value is null");
    }
    int invalid = Utf8.firstInvalid(value);
    if (invalid >= 0) {
      return new Rejected(
          RejectionReason.INVALID_UTF8,
          "byte %d of %d begins no UTF-8 character".formatted(invalid, value.length));
    }
    int start = startsWithByteOrderMark(value) ? BYTE_ORDER_MARK.length : 0;
    return switch (format) {
      case TEXT -> plainText(value, start);
      case JSON -> jsonDocument(value, start);
      case AVRO -> throw new IllegalStateException("values in Avro are read by their schema");
    };
  }

  private ParsedEvent plainText(byte[] value, int start) {
    int length = value.length - start;
    if (length > maximumTextBytes) {
      return rules.tooLong(Integer.toString(length));
    }
    return FieldRules.nonEmpty(
        null, new String(value, start, length, StandardCharsets.UTF_8), List.of());
  }

  private ParsedEvent jsonDocument(byte[] value, int start) {
    if (!isUtf8ToJackson(value, start)) {
      return new Rejected(RejectionReason.INVALID_JSON, "a NUL character in front");
    }
    JsonWalk walk = new JsonWalk(textPath, idPath, groupPath);
    try (JsonParser in = json.createParser(value, start, value.length - start)) {
      return jsonDocument(in, walk);
    } catch (JsonProcessingException e) {
      return rejected(RejectionReason.INVALID_JSON, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private ParsedEvent jsonDocument(JsonParser in, JsonWalk walk) throws IOException {
    try {
      JsonToken first = walk.document(in);
      return first == JsonToken.START_OBJECT ? fromObject(walk) : notAnObject(first);
    } catch (StreamConstraintsException e) {
      if (walk.atText()) {
        return rules.tooLong("more");
      }
      boolean deep = in.getParsingContext().getNestingDepth() > maximumDepth;
      return deep
          ? new Rejected(
              RejectionReason.JSON_TOO_DEEP,
              "the JSON is deeper than %d levels".formatted(maximumDepth))
          : rejected(RejectionReason.LIMIT_EXCEEDED, e);
    }
  }

  private ParsedEvent fromObject(JsonWalk walk) {
    JsonToken text = walk.textToken();
    return rules.event(
        new FieldRules.Found(
            walk.id(), walk.text(), text == null ? null : kind(text), walk.groups()));
  }

  private static ParsedEvent notAnObject(JsonToken first) {
    return new Rejected(RejectionReason.NOT_AN_OBJECT, "the value is " + kind(first));
  }

  private static ParsedEvent rejected(RejectionReason reason, JsonProcessingException e) {
    String message = PLACE.matcher(e.getOriginalMessage()).replaceAll("$1");
    String line = message.strip().replaceAll("\\R.*", "");
    String head = line.substring(0, Math.min(line.length(), MAXIMUM_DETAIL_LENGTH));
    return new Rejected(reason, Utf8.wellFormed(head));
  }

  private static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> throw new IllegalStateException("no value begins with " + token);
    };
  }

  private static boolean startsWithByteOrderMark(byte[] value) {
    return value.length >= BYTE_ORDER_MARK.length
        && value[0] == BYTE_ORDER_MARK[0]
        && value[1] == BYTE_ORDER_MARK[1]
        && value[2] == BYTE_ORDER_MARK[2];
  }

  /**
   * Jackson takes a NUL among the first four bytes for UTF-16 or UTF-32; in JSON none stands there.
   */
  private static boolean isUtf8ToJackson(byte[] value, int start) {
    for (int i = start; i < Math.min(start + 4, value.length); i++) {
      if (value[i] == 0) {
        return false;
      }
    }
    return true;
  }

  private static JsonFactory factory(int maximumTextBytes, int maximumDepth) {
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(maximumDepth)
            .maxNameLength(MAXIMUM_NAME_LENGTH)
            .maxNumberLength(MAXIMUM_NUMBER_LENGTH)
            // A text of more chars has more bytes too. It holds for an id as well.
            .maxStringLength(Math.max(maximumTextBytes, MAXIMUM_ID_LENGTH))
            .build();
    return JsonFactory.builder()
        .streamReadConstraints(constraints)
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        // It would throw for names chosen to collide; such an event is slow, but valid.
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();
  }
}
