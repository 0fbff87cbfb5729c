package io.sentimentstreams.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReplayRequestTest {
  @ParameterizedTest
  @CsvSource({"0, 1, true", "1, 1, false", "2, 3, true", "3, 3, false", "x, 1, true"})
  void event_replayedOftenEnough_mayNotGoAgain(String count, int replaysBelow, boolean may) {
    DeadLetter letter =
        letter(List.of(DeadLetter.Header.of("sentiment.replay.count", count.getBytes(UTF_8))));

    assertThat(request(replaysBelow).mayGoAgain(letter)).isEqualTo(may);
  }

  @Test
  void event_neverReplayed_mayGo() {
    assertThat(request(1).mayGoAgain(letter(List.of()))).isTrue();
  }

  @Test
  void request_belowOne_isRefused() {
    assertThatThrownBy(() -> request(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("--replays-below: 0, but must be at least 1");
  }

  private static ReplayRequest request(int replaysBelow) {
    return new ReplayRequest(LetterFilter.ALL, null, 1, replaysBelow, false, false);
  }

  private static DeadLetter letter(List<DeadLetter.Header> headers) {
    return DeadLetter.of(
        new Rejected(RejectionReason.INFERENCE_FAILED, "why"),
        "r",
        new EventSource("t", 0, 1, 0),
        null,
        null,
        headers);
  }
}
