package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ReplayEntryTest {
  private static final ReplayEntry ENTRY =
      new ReplayEntry(
          "dead", "id", new LetterId(2, 1L << 40), "to", 3, Instant.parse("2026-11-22T10:00:00Z"));

  @Test
  void entry_writtenAndRead_isTheSame() {
    assertThat(ReplayEntry.ofNullable(ENTRY.value())).isEqualTo(ENTRY);
    assertThat(new String(ENTRY.key(), UTF_8)).isEqualTo("dead:2:1099511627776>to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "{}",
        "[]",
        "{\"letter\":{\"topic\":\"a\",\"topicId\":\"b\",\"partition\":0,\"offset\":1},\"to\":\"x\"}"
      })
  void value_thatIsNoEntry_isPassedOver(String value) {
    assertThat(ReplayEntry.ofNullable(value.getBytes(UTF_8))).isNull();
  }
}
