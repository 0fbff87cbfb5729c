package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DemoOutputsTest {
  private static final String OUTPUT = "tweets.labelled";
  private static final String LETTERS = "letters";

  /** More than the screen shows in a second: both ways of reading are used. */
  private static final int MANY = 1000;

  private final RunTally tally = new RunTally(() -> 0);
  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final DemoScreen screen =
      new DemoScreen(new PrintStream(shown, true, UTF_8), false, false, () -> 0);
  private final DemoOutputs outputs = new DemoOutputs(LETTERS, tally, screen);

  @Test
  void outputs_ofTheStream_areCounted() {
    for (int i = 0; i < MANY; i++) {
      outputs.take(OUTPUT, bytes("{\"label\":\"positive\",\"score\":0.9,\"text\":\"good\"}"));
      outputs.take(LETTERS, letter());
    }

    assertThat(tally.counts().labels()).isEqualTo(Map.of("positive", (long) MANY));
    assertThat(tally.counts().reasons()).isEqualTo(Map.of("empty-text", (long) MANY));
    assertThat(outputs.unreadable()).isZero();
    assertThat(shown.toString(UTF_8)).contains("positive  0.90  good").contains("empty-text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "[]", "{\"label\":null}", "{\"label\":{}}", "{\"l"})
  void output_thatCannotBeRead_isPassedOver(String value) {
    for (int i = 0; i < MANY; i++) {
      outputs.take(OUTPUT, bytes(value));
      outputs.take(LETTERS, bytes(value));
    }
    outputs.take(OUTPUT, bytes("{\"label\":\"positive\"}"));

    assertThat(tally.done()).isEqualTo(1);
    assertThat(outputs.unreadable()).isEqualTo(2 * MANY);
  }

  @Test
  void output_withoutAValue_isPassedOverAndSaid() {
    outputs.take(OUTPUT, null);
    outputs.take(LETTERS, null);

    assertThat(tally.done()).isZero();
    assertThat(outputs.unreadable()).isEqualTo(2);
    assertThat(outputs.firstProblem()).isEqualTo(OUTPUT + ": a record without a value");
  }

  private static byte[] letter() {
    return new DeadLetterWriter(100)
        .write(
            DeadLetter.of(
                new Rejected(RejectionReason.EMPTY_TEXT, "empty"),
                "r",
                new EventSource("t", 0, 1, 0),
                null,
                bytes("value"),
                List.of()));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
