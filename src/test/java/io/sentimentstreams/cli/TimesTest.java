package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T10:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T09:00:00Z, 2026-11-22T09:00:00Z",
    "2026-11-22T09:00:00.5+02:00, 2026-11-22T07:00:00.500Z",
    "2026-11-21, 2026-11-21T00:00:00Z",
    "30s, 2026-11-22T09:59:30Z",
    "15m, 2026-11-22T09:45:00Z",
    "2h, 2026-11-22T08:00:00Z",
    "7d, 2026-11-15T10:00:00Z",
  })
  void time_inEachForm_isRead(String text, String expected) {
    assertThat(Times.parse("--since", text, CLOCK)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-13-01", "2026-11-22T10:00", "-2h", "2w"})
  void time_thatIsNone_isRefused(String text) {
    assertThatThrownBy(() -> Times.parse("--since", text, CLOCK))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("--since: ");
  }
}
