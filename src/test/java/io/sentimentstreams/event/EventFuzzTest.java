package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.Fuzz;
import io.sentimentstreams.InvalidInputException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The readers of values of topics, with damaged and random input. */
final class EventFuzzTest {
  private static final int MAXIMUM_TEXT_BYTES = 20_000;

  private static final List<byte[]> EVENTS =
      bytes(
          "{\"id\":\"t-018\",\"text\":\"Thanks @AirVantor for the free drinks, nice gesture! 😊\"}",
          "{\"text\":\"a\",\"id\":12345678901234567890,\"x\":{\"y\":[1,-2.5e3,true,null]}}",
          "\ufeff{\"a\":[{\"text\":\"ä漢\\ud83d\\ude0a\\u0000\"},[[[[]]]]],\"text\":\" \\t\"}",
          "[{\"text\":\"in an array\"}]",
          "plain text, with \"quotes\" and é");

  private static final List<String> WORDS =
      List.of(
          "\"text\":",
          "\"id\":",
          "\\u",
          "\\ud83d",
          "\\\"",
          "{\"text\":",
          "[[[[[[[[",
          "{\"a\":{",
          "null",
          "true",
          "1e999999999",
          "-0.0",
          "\ufeff",
          "\u0000",
          "\ufffd",
          "\ud83d\ude0a");

  @Test
  void eventParser_ofAnyJson_neverThrows() throws InterruptedException {
    EventParser parser = new EventParser(EventFormat.JSON, "/text", "/id", MAXIMUM_TEXT_BYTES, 20);
    EventParser deep =
        new EventParser(EventFormat.JSON, "/a/0/text", null, MAXIMUM_TEXT_BYTES, 1_000);
    Fuzz.run(
        "event parser, JSON",
        EVENTS,
        WORDS,
        input -> {
          requireSound(parser.parse(input));
          requireSound(deep.parse(input));
        });
  }

  @Test
  void eventParser_ofAnyPlainText_neverThrows() throws InterruptedException {
    EventParser parser = new EventParser(EventFormat.TEXT, "/text", null, MAXIMUM_TEXT_BYTES);
    Fuzz.run("event parser, text", EVENTS, WORDS, input -> requireSound(parser.parse(input)));
  }

  private static void requireSound(ParsedEvent event) {
    if (event instanceof TextEvent text) {
      assertThat(Utf8.length(text.text())).isBetween(1L, (long) MAXIMUM_TEXT_BYTES);
      assertThat(text.id() == null ? 0 : text.id().length())
          .isLessThanOrEqualTo(EventParser.MAXIMUM_ID_LENGTH);
    } else {
      Rejected rejected = (Rejected) event;
      assertThat(rejected.detail()).hasSizeLessThan(300).doesNotContain("\n", "\r");
    }
  }

  @Test
  void deadLetterReader_ofAnyDocument_refusesOrReads() throws InterruptedException {
    Rejected rejected = new Rejected(RejectionReason.INVALID_JSON, "unexpected end");
    EventSource source = new EventSource("tweets", 2, 1017, 1767322800000L);
    List<DeadLetter.Header> headers =
        List.of(
            DeadLetter.Header.of("trace", new byte[] {0, 1, 2}), DeadLetter.Header.of("b", null));
    byte[] value = "{\"text\":".getBytes(UTF_8);
    DeadLetterWriter writer = new DeadLetterWriter(1_000_000);
    List<byte[]> letters =
        List.of(
            writer.write(
                DeadLetter.of(rejected, "tweets", source, new byte[] {-1}, value, headers)),
            new DeadLetterWriter(3)
                .write(DeadLetter.of(rejected, "tweets", source, null, value, List.of())));
    Fuzz.run(
        "dead-letter reader",
        letters,
        List.of("\"utf8\":", "\"base64\":", "\"size\":", "\"headers\":", "null", "[[[[[["),
        input -> {
          try {
            DeadLetterReader.read(input);
          } catch (InvalidInputException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
          }
        });
  }

  private static List<byte[]> bytes(String... texts) {
    return Stream.of(texts).map(text -> text.getBytes(UTF_8)).toList();
  }
}
