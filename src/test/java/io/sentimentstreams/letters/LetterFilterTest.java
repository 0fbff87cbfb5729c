package io.sentimentstreams.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LetterFilterTest {
  private static final long TIME = 1_000_000;

  @Test
  void all_ofAnyLetter_matches() {
    assertThat(LetterFilter.ALL.matches(letter(TIME))).isTrue();
    assertThat(LetterFilter.ALL.matches(letter(-1))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "EMPTY_TEXT, r, t, true",
    "TOMBSTONE, r, t, false",
    "EMPTY_TEXT, other, t, false",
    "EMPTY_TEXT, r, other, false",
  })
  void names_ofALetter_mustAllBeWanted(
      RejectionReason reason, String route, String topic, boolean expected) {
    LetterFilter filter =
        new LetterFilter(Set.of(reason), Set.of(route), Set.of(topic), null, null);

    assertThat(filter.matches(letter(TIME))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, 1000001, true",
    "999999, 1000000, false",
    "1000001, 1000002, false",
  })
  void times_aroundALetter_includeTheBeginningAlone(long since, long until, boolean expected) {
    LetterFilter filter =
        new LetterFilter(
            Set.of(), Set.of(), Set.of(), Instant.ofEpochMilli(since), Instant.ofEpochMilli(until));

    assertThat(filter.matches(letter(TIME))).isEqualTo(expected);
    assertThat(filter.matches(letter(-1))).isFalse();
  }

  @Test
  void times_inTheWrongOrder_areRefused() {
    Instant now = Instant.EPOCH;

    assertThatThrownBy(() -> new LetterFilter(Set.of(), Set.of(), Set.of(), now, now))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--since");
  }

  private static DeadLetter letter(long timestamp) {
    return DeadLetter.of(
        new Rejected(RejectionReason.EMPTY_TEXT, "empty"),
        "r",
        new EventSource("t", 0, 1, timestamp),
        null,
        null,
        List.of());
  }
}
