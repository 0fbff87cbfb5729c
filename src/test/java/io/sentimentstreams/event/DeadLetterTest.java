package io.sentimentstreams.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.JsonSchema;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter.Content;
import io.sentimentstreams.event.DeadLetter.Header;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.streams.errors.internals.ExceptionHandlerUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeadLetterTest {
  private static final EventSource SOURCE = new EventSource("tweets", 3, 99, 1234);
  private static final Rejected REJECTED = new Rejected(RejectionReason.TEXT_MISSING, "no field");
  private static final JsonSchema SCHEMA = Schemas.read("dead-letter");
  private static final DeadLetterWriter WRITER =
      new DeadLetterWriter(DeadLetterWriter.DEFAULT_MAXIMUM_VALUE_BYTES);

  @Property(tries = 500)
  void deadLetter_writtenAndRead_isTheSame(@ForAll("letters") DeadLetter letter) {
    byte[] document = WRITER.write(letter);

    assertThat(DeadLetterReader.read(document)).isEqualTo(letter);
    Schemas.assertValid(SCHEMA, document);
  }

  @Test
  void bytes_ofText_standAsUtf8AndOthersAsBase64() {
    assertThat(written(bytes("{\"a\":\n\"😊\"}")))
        .contains("\"value\":{\"utf8\":\"{\\\"a\\\":\\n\\\"😊\\\"}\",\"size\":13}");
    assertThat(written(new byte[] {(byte) 0xC3}))
        .contains("\"value\":{\"base64\":\"ww==\",\"size\":1}");
    assertThat(written(new byte[] {0})).contains("\"value\":{\"base64\":\"AA==\",\"size\":1}");
    assertThat(written(new byte[0])).contains("\"value\":{\"utf8\":\"\",\"size\":0}");
    assertThat(written(null)).contains("\"value\":null");
  }

  @Test
  void value_largerThanTheLimit_isCutBetweenCharactersAndSaysSo() {
    DeadLetter letter = DeadLetter.of(REJECTED, "r", SOURCE, null, bytes("abc😊def"), List.of());

    for (int limit = 3; limit < 7; limit++) {
      byte[] document = new DeadLetterWriter(limit).write(letter);
      assertThat(DeadLetterReader.read(document).value()).isEqualTo(new Content(bytes("abc"), 10));
      assertThat(new String(document, UTF_8))
          .contains("\"utf8\":\"abc\",\"size\":10,\"truncated\":true");
      Schemas.assertValid(SCHEMA, document);
    }
    assertThat(DeadLetterReader.read(new DeadLetterWriter(7).write(letter)).value())
        .isEqualTo(new Content(bytes("abc😊"), 10));
  }

  @Test
  void value_ofBytesThatAreNoText_isCutAtTheLimit() {
    byte[] continuations = new byte[20];
    Arrays.fill(continuations, (byte) 0x80);
    DeadLetter letter = DeadLetter.of(REJECTED, "r", SOURCE, null, continuations, List.of());

    Content kept = DeadLetterReader.read(new DeadLetterWriter(9).write(letter)).value();

    assertThat(kept).isEqualTo(new Content(Arrays.copyOf(continuations, 9), 20));
  }

  @Test
  void document_ofAHugeEvent_staysWithinItsBound() {
    byte[] quotes = "\"".repeat(1_000_000).getBytes(UTF_8);
    byte[] noise = new byte[1_000_000];
    List<Header> headers =
        Collections.nCopies(50_000, Header.of("\"".repeat(500), "\"".repeat(500).getBytes(UTF_8)));
    for (byte[] bytes : List.of(quotes, noise)) {
      DeadLetter letter =
          new DeadLetter(
              RejectionReason.INVALID_JSON,
              "\u0000".repeat(100_000),
              "r",
              SOURCE,
              new Content(bytes, bytes.length),
              new Content(bytes, bytes.length),
              headers,
              0);

      byte[] document = new DeadLetterWriter(10_000).write(letter);

      int bound =
          2 * (10_000 + DeadLetterWriter.MAXIMUM_KEY_BYTES + DeadLetterWriter.MAXIMUM_HEADER_BYTES)
              + 64 * 1024;
      assertThat(document.length).isLessThan(bound);
      Schemas.assertValid(SCHEMA, document);
    }
  }

  @Test
  void headers_thatDoNotFit_areCountedAsOmitted() {
    byte[] large = new byte[DeadLetterWriter.MAXIMUM_HEADER_BYTES];
    List<Header> headers = List.of(Header.of("a", large), Header.of("b", large));
    DeadLetter tooLarge = DeadLetter.of(REJECTED, "r", SOURCE, null, null, headers);
    DeadLetter tooMany =
        DeadLetter.of(
            REJECTED, "r", SOURCE, null, null, Collections.nCopies(250, Header.of("h", null)));

    DeadLetter readLarge = DeadLetterReader.read(WRITER.write(tooLarge));
    DeadLetter readMany = DeadLetterReader.read(WRITER.write(tooMany));

    assertThat(readLarge.headers()).singleElement().matches(h -> h.key().equals("a"));
    assertThat(readLarge.headers().get(0).value()).isNotNull().matches(Content::truncated);
    assertThat(readLarge.omittedHeaders()).isEqualTo(1);
    assertThat(readMany.headers()).hasSize(DeadLetterWriter.MAXIMUM_HEADERS);
    assertThat(readMany.omittedHeaders()).isEqualTo(150);
  }

  @Test
  void headers_ofABadEvent_areAllOfKip1034sWithoutAFrame() {
    DeadLetter letter = DeadLetter.of(REJECTED, "r", SOURCE, null, null, List.of());

    assertThat(DeadLetterHeaders.of(letter, null))
        .containsEntry("sentiment.dead-letter.reason", "text-missing")
        .containsEntry("__streams.errors.exception", Rejected.class.getName())
        .containsEntry("__streams.errors.stacktrace", Rejected.class.getName() + ": no field\n")
        .containsEntry("__streams.errors.message", "no field")
        .containsEntry("__streams.errors.topic", "tweets")
        .containsEntry("__streams.errors.partition", "3")
        .containsEntry("__streams.errors.offset", "99")
        .hasSize(7);
  }

  @Test
  void headers_ofAFailure_haveItsClassAndABoundedTrace() {
    DeadLetter letter = DeadLetter.of(REJECTED, "r", SOURCE, null, null, List.of());
    Throwable cause = new ArithmeticException("inner");
    Throwable failure = new IllegalStateException("outer", cause);
    Throwable huge = new IllegalStateException("x".repeat(100_000));

    assertThat(DeadLetterHeaders.of(letter, failure))
        .containsEntry("__streams.errors.exception", "java.lang.IllegalStateException")
        .hasEntrySatisfying(
            "__streams.errors.stacktrace",
            trace ->
                assertThat(trace)
                    .startsWith("java.lang.IllegalStateException: outer\n\tat ")
                    .contains(
                        "DeadLetterTest.headers_",
                        "Caused by: java.lang.ArithmeticException: inner"));
    assertThat(DeadLetterHeaders.of(letter, huge).get("__streams.errors.stacktrace"))
        .hasSize(DeadLetterHeaders.MAXIMUM_STACKTRACE_LENGTH);
  }

  @Test
  void headerNames_ofKip1034_areKafkasOwn() {
    assertThat(
            List.of(
                RecordHeaders.ERROR_EXCEPTION,
                RecordHeaders.ERROR_MESSAGE,
                RecordHeaders.ERROR_STACKTRACE,
                RecordHeaders.ERROR_TOPIC,
                RecordHeaders.ERROR_PARTITION,
                RecordHeaders.ERROR_OFFSET))
        .containsExactly(
            ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_NAME,
            ExceptionHandlerUtils.HEADER_ERRORS_EXCEPTION_MESSAGE_NAME,
            ExceptionHandlerUtils.HEADER_ERRORS_STACKTRACE_NAME,
            ExceptionHandlerUtils.HEADER_ERRORS_TOPIC_NAME,
            ExceptionHandlerUtils.HEADER_ERRORS_PARTITION_NAME,
            ExceptionHandlerUtils.HEADER_ERRORS_OFFSET_NAME);
  }

  @Test
  void document_thatIsNoDeadLetter_isRefusedByField() {
    String good = new String(WRITER.write(letter(bytes("v"))), UTF_8);

    assertRefused("nonsense", "dead letter: invalid JSON");
    assertRefused("", "dead letter: no JSON object");
    assertRefused("[]", "dead letter: no JSON object");
    assertRefused(good.replace("\"offset\"", "\"x\""), "field \"offset\" is missing");
    assertRefused(good.replace(":99", ":\"99\""), "field \"offset\" is not a whole number");
    assertRefused(good.replace("text-missing", "later"), "reason: \"later\" is unknown");
    assertRefused(good.replace("\"size\":1", "\"size\":0"), "field \"size\" is not at least");
    assertRefused(good.replace("\"utf8\":\"v\"", "\"base64\":\"~\""), "base64 is not decodable");
    assertRefused(good.replace("\"utf8\":\"v\"", "\"base64\":1"), "base64 is no string");
    assertRefused(good.replace("[]", "{}"), "field \"headers\" is not an array");
  }

  private static void assertRefused(String document, String message) {
    assertThatThrownBy(() -> DeadLetterReader.read(bytes(document)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static String written(byte @Nullable [] value) {
    return new String(WRITER.write(letter(value)), UTF_8);
  }

  private static DeadLetter letter(byte @Nullable [] value) {
    return DeadLetter.of(REJECTED, "r", SOURCE, null, value, List.of());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  @Provide
  Arbitrary<DeadLetter> letters() {
    Arbitrary<String> texts = Arbitraries.strings().ofMaxLength(20).map(Utf8::wellFormed);
    Arbitrary<Rejected> rejected =
        Combinators.combine(Arbitraries.of(RejectionReason.class), texts).as(Rejected::new);
    Arbitrary<EventSource> sources =
        Combinators.combine(
                texts,
                Arbitraries.integers().greaterOrEqual(0),
                Arbitraries.longs().greaterOrEqual(0),
                Arbitraries.longs())
            .as(EventSource::new);
    Arbitrary<List<Header>> headers =
        Combinators.combine(texts, contents()).as(Header::of).list().ofMaxSize(3);
    return Combinators.combine(rejected, texts, sources, contents(), contents(), headers)
        .as(DeadLetter::of);
  }

  private static Arbitrary<byte[]> contents() {
    Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(30);
    Arbitrary<byte[]> text = Arbitraries.strings().ofMaxLength(30).map(DeadLetterTest::bytes);
    return Arbitraries.oneOf(noise, text).injectNull(0.1);
  }
}
