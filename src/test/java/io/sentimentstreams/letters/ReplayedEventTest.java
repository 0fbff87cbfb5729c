package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterReader;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayedEventTest {
  private static final ReplayTarget TARGET = new ReplayTarget("target", 3, 1_000_000, -1);
  private static final byte[] BINARY = {0, -1, (byte) 0xC3, 27};

  @Test
  void event_ofALetter_isAsItWas() {
    DeadLetter letter =
        letter(
            BINARY,
            bytes("value"),
            77,
            List.of(
                DeadLetter.Header.of("a", bytes("1")),
                DeadLetter.Header.of("b", null),
                DeadLetter.Header.of("a", BINARY)));

    ProducerRecord<byte[], byte[]> event = ReplayedEvent.of(letter, TARGET, null);

    assertThat(event.topic()).isEqualTo("target");
    assertThat(event.partition()).isEqualTo(7 % 3);
    assertThat(event.timestamp()).isEqualTo(77);
    assertThat(event.key()).isEqualTo(BINARY);
    assertThat(event.value()).isEqualTo(bytes("value"));
    assertThat(names(event)).containsExactly("a", "b", "a", "sentiment.replay.count");
    assertThat(event.headers().lastHeader("a").value()).isEqualTo(BINARY);
    assertThat(event.headers().lastHeader("b").value()).isNull();
    assertThat(count(event)).isEqualTo("1");
  }

  @Test
  void event_withoutKeyValueAndTime_hasNone() {
    ProducerRecord<byte[], byte[]> event =
        ReplayedEvent.of(letter(null, null, -1, List.of()), TARGET, null);

    assertThat(event.key()).isNull();
    assertThat(event.value()).isNull();
    assertThat(event.timestamp()).isNull();
  }

  @Test
  void event_toBeStampedAnew_hasTheTimeOfTheReplay() {
    ProducerRecord<byte[], byte[]> event =
        ReplayedEvent.of(letter(null, null, 5, List.of()), TARGET, Instant.ofEpochMilli(9));

    assertThat(event.timestamp()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "41, 42", "x, 1", "-1, 1", "99999999999, 1"})
  void event_replayedBefore_countsOn(String before, String after) {
    DeadLetter.Header header = DeadLetter.Header.of("sentiment.replay.count", bytes(before));
    DeadLetter letter = letter(null, null, 5, List.of(header));

    ProducerRecord<byte[], byte[]> event = ReplayedEvent.of(letter, TARGET, null);

    assertThat(names(event)).containsExactly("sentiment.replay.count");
    assertThat(count(event)).isEqualTo(after);
  }

  @Test
  void letter_thatKeepsAPartOfItsEvent_isNotWhole() {
    DeadLetter.Header small = DeadLetter.Header.of("h", bytes("v"));
    byte[] large = new byte[70 * 1024];
    List<DeadLetter.Header> many = Collections.nCopies(101, small);

    assertThat(isWholeAfterWriting(letter(bytes("k"), bytes("v"), 0, List.of(small)))).isTrue();
    assertThat(isWholeAfterWriting(letter(null, null, 0, List.of()))).isTrue();
    assertThat(isWholeAfterWriting(letter(large, null, 0, List.of()))).isFalse();
    assertThat(isWholeAfterWriting(letter(null, new byte[101], 0, List.of()))).isFalse();
    assertThat(isWholeAfterWriting(letter(null, null, 0, many))).isFalse();
    assertThat(
            isWholeAfterWriting(letter(null, null, 0, List.of(DeadLetter.Header.of("h", large)))))
        .isFalse();
  }

  private static boolean isWholeAfterWriting(DeadLetter letter) {
    return ReplayedEvent.isWhole(DeadLetterReader.read(new DeadLetterWriter(100).write(letter)));
  }

  private static DeadLetter letter(
      byte @Nullable [] key,
      byte @Nullable [] value,
      long timestamp,
      List<DeadLetter.Header> headers) {
    return DeadLetter.of(
        new Rejected(RejectionReason.EMPTY_TEXT, "empty"),
        "r",
        new EventSource("t", 7, 1, timestamp),
        key,
        value,
        headers);
  }

  private static List<String> names(ProducerRecord<byte[], byte[]> event) {
    List<String> names = new ArrayList<>();
    for (Header header : event.headers()) {
      names.add(header.key());
    }
    return names;
  }

  private static String count(ProducerRecord<byte[], byte[]> event) {
    return new String(event.headers().lastHeader("sentiment.replay.count").value(), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
