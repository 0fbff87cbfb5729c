package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every defined outcome, by example; {@link EventParserPropertiesTest} has the random ones. */
final class EventParserTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final EventParser json = json("/text", "/id");
  private final EventParser text =
      new EventParser(EventFormat.TEXT, "/text", null, EventParser.DEFAULT_MAXIMUM_TEXT_BYTES);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"text":"a","id":"7"}                   | a | 7
          {"id":"7","text":"a"}                   | a | 7
          {"text":"a"}                            | a |
          {"text":"a","id":7}                     | a | 7
          {"text":"a","id":-7.50e+3}              | a | -7.50e+3
          {"text":"a","id":12345678901234567890}  | a | 12345678901234567890
          {"text":"a","id":null}                  | a |
          {"text":"a","id":true}                  | a |
          {"text":"a","id":{"text":"b"}}          | a |
          {"text":"a","id":["b"]}                 | a |
          {"text":"a","id":""}                    | a | ``
          {"x":{"text":"b","id":1},"text":"a"}    | a |
          {"x":[{"text":"b"}],"text":"a","y":[]}  | a |
          {"text":"a","text":"b"}                 | b |
          {"text":null,"text":"b"}                | b |
          {"text":"a","id":1,"id":[]}             | a |
          {"text":"\\u0061\\n\\u00e4"}            | `a
          ä` |
          {"text":"https://example.com"}          | https://example.com |
          """)
  void json_withAText_isAnEvent(String value, String text, String id) {
    assertThat(json.parse(utf8(value))).isEqualTo(new TextEvent(id, text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                         | INVALID_JSON | no JSON at all
          `   `                      | INVALID_JSON | no JSON at all
          {                          | INVALID_JSON | Unexpected end-of-input
          {"text":"a"                | INVALID_JSON | Unexpected end-of-input
          {"text":"a                 | INVALID_JSON | Unexpected end-of-input
          {"text":"a"}}              | INVALID_JSON | Unexpected close marker
          {"text":"a"}{"text":"b"}   | INVALID_JSON | something follows the document
          {"text":"a"} 1             | INVALID_JSON | something follows the document
          {"text":"a"}x              | INVALID_JSON | Unrecognized token 'x'
          {'text':'a'}               | INVALID_JSON | Unexpected character
          {text:"a"}                 | INVALID_JSON | Unexpected character
          {"text":"a",}              | INVALID_JSON | Unexpected character
          {"text":"a","x":[1,]}      | INVALID_JSON | Unexpected character
          {"text":"a","x":01}        | INVALID_JSON | Invalid numeric value
          {"text":"a","x":NaN}       | INVALID_JSON | Non-standard token 'NaN'
          {"text":"a\\x"}            | INVALID_JSON | Unrecognized character escape
          {"text":"a"} // b          | INVALID_JSON | Unexpected character
          <event>a</event>           | INVALID_JSON | Unexpected character
          hello                      | INVALID_JSON | Unrecognized token 'hello'
          [{"text":"a"}              | INVALID_JSON | Unexpected end-of-input
          [{"text":"a"}]             | NOT_AN_OBJECT | the value is an array
          []                         | NOT_AN_OBJECT | the value is an array
          "text"                     | NOT_AN_OBJECT | the value is a string
          -1                         | NOT_AN_OBJECT | the value is a number
          1.5                        | NOT_AN_OBJECT | the value is a number
          false                      | NOT_AN_OBJECT | the value is true or false
          null                       | NOT_AN_OBJECT | the value is null
          {}                         | TEXT_MISSING | no field at /text
          {"Text":"a"}               | TEXT_MISSING | no field at /text
          {"x":{"text":"a"}}         | TEXT_MISSING | no field at /text
          {"text":null}              | TEXT_NOT_A_STRING | /text is null
          {"text":7}                 | TEXT_NOT_A_STRING | /text is a number
          {"text":7.5}               | TEXT_NOT_A_STRING | /text is a number
          {"text":true}              | TEXT_NOT_A_STRING | /text is true or false
          {"text":{"text":"a"}}      | TEXT_NOT_A_STRING | /text is an object
          {"text":["a"]}             | TEXT_NOT_A_STRING | /text is an array
          {"text":"a","text":null}   | TEXT_NOT_A_STRING | /text is null
          {"text":""}                | EMPTY_TEXT | the text is empty
          {"text":" \\t\\r\\n"}      | EMPTY_TEXT | the text has no visible character
          {"text":"\\u00a0\\u200b\\u2028\\u3000\\ufeff\\u0000"} | EMPTY_TEXT | no visible character
          """)
  void json_withoutAText_isRejectedForItsReason(
      String value, RejectionReason reason, String detail) {
    assertRejected(json.parse(utf8(value)), reason, detail);
  }

  @Test
  void value_thatIsNull_isATombstone() {
    assertRejected(json.parse(null), RejectionReason.TOMBSTONE, "the value is null");
    assertRejected(text.parse(null), RejectionReason.TOMBSTONE, "the value is null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "80",
        "bf",
        "c0 80",
        "c1 bf",
        "c3",
        "c3 28",
        "e0 80 80",
        "e0 9f bf",
        "e2 82",
        "e2 28 a1",
        "ed a0 80",
        "ed bf bf",
        "f0 80 80 80",
        "f0 8f bf bf",
        "f0 9f 98",
        "f0 28 8c bc",
        "f4 90 80 80",
        "f5 80 80 80",
        "f8 88 80 80 80",
        "fe",
        "ff",
        "fe ff 00 7b"
      })
  void bytes_thatAreNoUtf8_areRejectedInBothFormats(String hex) {
    byte[] bad = HexFormat.ofDelimiter(" ").parseHex(hex);
    byte[] value = concatenated(utf8("{\"text\":\"long enough, then: "), bad, utf8(" after\"}"));
    String detail = "byte 28 of %d begins no UTF-8 character".formatted(value.length);

    assertRejected(json.parse(value), RejectionReason.INVALID_UTF8, detail);
    assertRejected(text.parse(value), RejectionReason.INVALID_UTF8, detail);
    assertRejected(text.parse(bad), RejectionReason.INVALID_UTF8, "byte 0 of");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void json_inAnotherEncoding_isNoUtf8Json(String charset) throws Exception {
    assertRejected(
        json.parse("{\"text\":\"a\"}".getBytes(charset)),
        RejectionReason.INVALID_JSON,
        "a NUL character in front");
  }

  @Test
  void byteOrderMark_inFront_isSkippedOnce() {
    assertThat(json.parse(utf8("\ufeff{\"text\":\"a\"}"))).isEqualTo(new TextEvent(null, "a"));
    assertThat(text.parse(utf8("\ufeffa"))).isEqualTo(new TextEvent(null, "a"));
    assertThat(text.parse(utf8("a\ufeff"))).isEqualTo(new TextEvent(null, "a\ufeff"));
    assertRejected(json.parse(utf8("\ufeff")), RejectionReason.INVALID_JSON, "no JSON at all");
    assertRejected(text.parse(utf8("\ufeff")), RejectionReason.EMPTY_TEXT, "the text is empty");
  }

  @Test
  void plainText_ofAnyContent_isTheText() {
    assertThat(text.parse(utf8("{\"text\":\"a\"}")))
        .isEqualTo(new TextEvent(null, "{\"text\":\"a\"}"));
    assertThat(text.parse(utf8(" a\n"))).isEqualTo(new TextEvent(null, " a\n"));
    assertRejected(text.parse(new byte[0]), RejectionReason.EMPTY_TEXT, "the text is empty");
    assertRejected(text.parse(utf8(" \n")), RejectionReason.EMPTY_TEXT, "no visible character");
  }

  @Test
  void text_ofAMegabyte_passesByDefault() {
    for (String piece : new String[] {"a", "ä", "漢", "😊"}) {
      String long1 = piece.repeat(MEGABYTE / utf8(piece).length);
      assertThat(json.parse(event(long1))).isEqualTo(new TextEvent(null, long1));
      assertThat(text.parse(utf8(long1))).isEqualTo(new TextEvent(null, long1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ä", "漢", "😊", "\ud83d"})
  void text_aroundTheLimit_isMeasuredInBytes(String piece) {
    int limit = 1200;
    int bytes = piece.equals("\ud83d") ? 3 : utf8(piece).length;
    EventParser limited = new EventParser(EventFormat.JSON, "/text", "/id", limit);
    String escaped = escaped(piece);
    String atLimit = "{\"text\":\"" + escaped.repeat(limit / bytes) + "\"}";
    String overLimit = "{\"text\":\"" + escaped.repeat(limit / bytes + 1) + "\"}";

    assertThat(limited.parse(utf8(atLimit)))
        .isEqualTo(new TextEvent(null, piece.repeat(limit / bytes)));
    assertRejected(
        limited.parse(utf8(overLimit)), RejectionReason.TEXT_TOO_LONG, "the route takes 1200");
  }

  @Test
  void text_farOverTheLimit_isTooLongAndNotHeld() {
    byte[] huge = new byte[20 * MEGABYTE];
    Arrays.fill(huge, (byte) 'a');

    assertRejected(text.parse(huge), RejectionReason.TEXT_TOO_LONG, "the text has 20971520 bytes");
    assertRejected(
        json.parse(concatenated(utf8("{\"text\":\""), huge, utf8("\"}"))),
        RejectionReason.TEXT_TOO_LONG,
        "the route takes 2097152");
  }

  @Test
  void otherField_farOverTheLimit_doesNotMatter() {
    String value = "{\"x\":\"%s\",\"text\":\"a\"}".formatted("b".repeat(5 * MEGABYTE));

    assertThat(json.parse(utf8(value))).isEqualTo(new TextEvent(null, "a"));
  }

  @Test
  void json_pastALimit_isRejectedAsSuch() {
    assertLimitExceeded("{\"text\":\"a\",\"" + "n".repeat(20_000) + "\":1}");
    assertLimitExceeded("{\"text\":\"a\",\"x\":" + "9".repeat(2_000) + "}");
    assertLimitExceeded("{\"text\":\"a\",\"id\":\"" + "i".repeat(1_001) + "\"}");
    assertLimitExceeded("{\"text\":\"a\",\"id\":\"" + "i".repeat(3 * MEGABYTE) + "\"}");
    assertThat(json.parse(utf8("{\"text\":\"a\",\"id\":\"" + "i".repeat(1_000) + "\"}")))
        .isInstanceOf(TextEvent.class);
  }

  @Test
  void json_deeperThanTheLimit_isRejectedAsSuch() {
    assertThat(json.parse(utf8(nested(EventParser.DEFAULT_MAXIMUM_DEPTH - 1))))
        .isInstanceOf(TextEvent.class);
    assertTooDeep(json, nested(EventParser.DEFAULT_MAXIMUM_DEPTH));
    assertTooDeep(json, "[".repeat(100_000));
    assertTooDeep(json, "{\"a\":".repeat(100_000));
    assertTooDeep(json, "{\"text\":".repeat(100_000));
    EventParser flat = new EventParser(EventFormat.JSON, "/text", "/id", 1000, 1);
    assertThat(flat.parse(utf8("{\"text\":\"a\"}"))).isEqualTo(new TextEvent(null, "a"));
    assertTooDeep(flat, "{\"text\":\"a\",\"x\":{}}");
  }

  private static void assertTooDeep(EventParser parser, String value) {
    assertRejected(parser.parse(utf8(value)), RejectionReason.JSON_TOO_DEEP, "levels");
  }

  private void assertLimitExceeded(String value) {
    assertRejected(json.parse(utf8(value)), RejectionReason.LIMIT_EXCEEDED, "");
  }

  private static String nested(int arrays) {
    return "{\"text\":\"a\",\"x\":" + "[".repeat(arrays) + "]".repeat(arrays) + "}";
  }

  @Test
  void names_thatCollideInJacksonsTable_areStillAnEvent() {
    String names =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "\"n%d\":%d".formatted(i, i))
            .collect(Collectors.joining(","));

    assertThat(json.parse(utf8("{" + names + ",\"text\":\"a\"}")))
        .isEqualTo(new TextEvent(null, "a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a/b       | {"a":{"b":"x"}}
          /a/b       | {"a":1,"a":{"b":"y"},"a":{"c":1,"b":"x"}}
          /a/0       | {"a":["x","y"]}
          /a/1/b     | {"a":[[],{"b":"x"}]}
          /a/0       | {"a":{"0":"x"}}
          /a/01      | {"a":{"01":"x"}}
          /a/-       | {"a":{"-":"x"}}
          /          | {"":"x"}
          /a/        | {"a":{"":"x"}}
          /a~1b/c~0d | {"a/b":{"c~d":"x"}}
          /~01       | {"~1":"x"}
          /ä 😊      | {"ä 😊":"x"}
          """)
  void pointer_ofAnyForm_findsItsText(String pointer, String value) {
    assertThat(json(pointer, null).parse(utf8(value))).isEqualTo(new TextEvent(null, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /a/b          | {"a":{"b":"x"},"a":{"c":1}}
          /a/b          | {"a":{"b":"x"},"a":2}
          /a/b          | {"a":"b"}
          /a/1          | {"a":["x"]}
          /a/01         | {"a":["y","x"]}
          /a/-          | {"a":["x"]}
          /a/4294967296 | {"a":["x"]}
          """)
  void pointer_toNothing_findsNone(String pointer, String value) {
    assertRejected(
        json(pointer, null).parse(utf8(value)),
        RejectionReason.TEXT_MISSING,
        "no field at " + pointer);
  }

  @Test
  void pointers_thatOverlap_eachFindTheirOwn() {
    byte[] value = utf8("{\"a\":{\"text\":\"x\",\"id\":5}}");

    assertThat(json("/a/text", "/a/id").parse(value)).isEqualTo(new TextEvent("5", "x"));
    assertThat(json("/a/text", "/a/text").parse(value)).isEqualTo(new TextEvent("x", "x"));
    assertThat(json("/a/text", "/a").parse(value)).isEqualTo(new TextEvent(null, "x"));
    assertRejected(
        json("/a", "/a/id").parse(value), RejectionReason.TEXT_NOT_A_STRING, "an object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          /g    | {"text":"x","g":"sea"}            | sea
          /g    | {"g":7,"text":"x"}                | 7
          /g    | {"g":"\\ud800","text":"x"}        | \ufffd
          /g    | {"g":"old","text":"x","g":"new"}  | new
          /g    | {"text":"x","g":{"text":"y"}}     |
          /g    | {"text":"x"}                      |
          /g/1  | {"g":["a","b"],"text":"x"}        | b
          /text | {"text":"x"}                      | x
          /g    | {"g":"","text":"x"}               |
          /g    | {"g":["sea","air"],"text":"x"}    | sea,air
          /g    | {"g":["a",7,"a","7"],"text":"x"}  | a,7
          /g    | {"g":["\\ud800","\\udc00"],"text":"x"} | �
          /g    | {"g":[["a"],{"a":"a"},null,true,"","b"],"text":"x"} | b
          /g    | {"g":[],"text":"x"}               |
          /g    | {"g":["old"],"text":"x","g":["new","b"]} | new,b
          /g/*  | {"g":["a","b"],"text":"x"}        | a,b
          /g/*  | {"g":{"*":"star","a":"b"},"text":"x"} | star
          /g/*  | {"g":"a","text":"x"}              |
          /g/*/t | {"g":[{"t":"a"},{"u":"no"},{"t":"b"},{"t":"a"}],"text":"x"} | a,b
          /g/*/t | {"g":[{"t":"a"},{"t":"old","t":"b"}],"text":"x"} | a,b
          /g/*/t | {"g":[{"t":"old"}],"g":[{"t":"new"}],"text":"x"} | new
          /g/*/t | {"g":[{"t":["a","b"]},{"t":["c","a"]}],"text":"x"} | a,b,c
          """)
  void groups_atTheirPointer_areFoundBesideTheText(
      String pointer, String value, @Nullable String groups) {
    EventParser parser = new EventParser(EventFormat.JSON, "/text", "/id", pointer, 1_000, 20);

    List<String> expected = groups == null ? List.of() : List.of(groups.split(","));
    assertThat(parser.parse(utf8(value))).isEqualTo(new TextEvent(null, "x", expected));
  }

  @Test
  void groups_inTheArrayOfTheText_areFoundBesideIt() {
    EventParser parser = new EventParser(EventFormat.JSON, "/a/1", "/a/2", "/a", 1_000, 20);

    assertThat(parser.parse(utf8("{\"a\":[\"x\",\"y\",5]}")))
        .isEqualTo(new TextEvent("5", "y", List.of("x", "y", "5")));
  }

  @Test
  void star_inThePointerOfATextOrId_isAName() {
    EventParser parser = json("/a/*", "/b/*");

    assertThat(parser.parse(utf8("{\"a\":{\"*\":\"x\"},\"b\":[1,2]}")))
        .isEqualTo(new TextEvent(null, "x"));
  }

  @Test
  void groups_moreThanTheLimit_areTheFirstOnes() {
    EventParser parser = new EventParser(EventFormat.JSON, "/text", null, "/g", 10_000, 20);
    String all =
        IntStream.range(0, 50)
            .map(i -> i / 2)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));

    assertThat(parser.parse(utf8("{\"text\":\"x\",\"g\":[%s]}".formatted(all))))
        .isEqualTo(
            new TextEvent(
                null,
                "x",
                IntStream.range(0, EventParser.MAXIMUM_GROUPS).mapToObj(String::valueOf).toList()));
  }

  @Test
  void group_thatIsTooLong_isNone() {
    EventParser parser = new EventParser(EventFormat.JSON, "/text", null, "/g", 10_000, 20);
    String value = "{\"text\":\"x\",\"g\":\"%s\"}".formatted("g".repeat(1_001));

    assertThat(parser.parse(utf8(value))).isEqualTo(new TextEvent(null, "x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``    | textPointer: "" is no JSON pointer to a field; write "/text"
          body  | textPointer: "body" is no JSON pointer to a field; write "/body"
          /a~   | textPointer: "/a~" has a ~ that is neither ~0 (for ~) nor ~1 (for /)
          /a~2b | textPointer: "/a~2b" has a ~ that is neither ~0 (for ~) nor ~1 (for /)
          /a~/0 | textPointer: "/a~/0" has a ~ that is neither ~0 (for ~) nor ~1 (for /)
          """)
  void pointer_thatIsNone_isRefused(String pointer, String message) {
    assertThatThrownBy(() -> json(pointer, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> new EventParser(EventFormat.JSON, "/text", null, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("maximumTextBytes: 0, but a whole number of 1 or more is needed");
    assertThat(EventFormat.parse("Text")).isEqualTo(EventFormat.TEXT);
    assertThatThrownBy(() -> EventFormat.parse("xml"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("format: \"xml\", but json, text or avro is needed");
  }

  @Test
  void detail_ofAnUnfinishedObject_namesThePlaceAlone() {
    assertThat(((Rejected) json.parse(utf8("{\"text\":\"a\""))).detail())
        .contains("(start marker at line: 1, column: 1)")
        .doesNotContain("Source");
  }

  @Test
  void detail_ofALongToken_isOneShortLine() {
    ParsedEvent event = json.parse(utf8("x".repeat(10_000)));

    assertThat(event).isInstanceOf(Rejected.class);
    assertThat(((Rejected) event).detail()).hasSizeLessThanOrEqualTo(200).doesNotContain("\n");
  }

  private static void assertRejected(ParsedEvent event, RejectionReason reason, String detail) {
    assertThat(event)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason()).isEqualTo(reason);
              assertThat(rejected.detail()).contains(detail);
            });
  }

  private static EventParser json(String textPointer, @Nullable String id) {
    return new EventParser(
        EventFormat.JSON, textPointer, id, EventParser.DEFAULT_MAXIMUM_TEXT_BYTES);
  }

  private static byte[] event(String text) {
    return utf8("{\"text\":\"" + text + "\"}");
  }

  /** The text by JSON escapes only, so that unpaired surrogates can be written. */
  private static String escaped(String text) {
    return text.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());
  }

  private static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] concatenated(byte[]... parts) {
    byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
    int size = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, size, part.length);
      size += part.length;
    }
    return all;
  }
}
