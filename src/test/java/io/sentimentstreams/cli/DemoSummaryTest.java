package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DemoSummaryTest {

  @Test
  void json_ofARun_isOneLineInTheDocumentedOrder() {
    assertThat(summary().json())
        .isEqualTo(
            """
            {"in":4,"out":3,"deadLettered":1,"seconds":0.5,"rowsPerSecond":8.0,\
            "labels":{"negative":1,"positive":2}}""");
  }

  @Test
  void json_ofNothing_isValidToo() {
    DemoSummary summary = DemoSummary.of(new RunTally(() -> 0).counts());

    assertThat(summary.json())
        .isEqualTo(
            """
            {"in":0,"out":0,"deadLettered":0,"seconds":0.0,"rowsPerSecond":0.0,"labels":{}}""");
  }

  @Test
  void print_ofARun_showsLabelsAndReasons() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    summary().print(new PrintStream(shown, true, UTF_8), Map.of("empty-text", 1L));

    assertThat(shown.toString(UTF_8))
        .containsPattern("events in +4\n")
        .containsPattern("  positive +2\n")
        .containsPattern("  empty-text +1\n")
        .containsPattern("events a second +8.0\n");
  }

  @Test
  void print_ofARunThatLeftEvents_tellsHowMany() {
    RunTally tally = new RunTally(() -> 0);
    IntStream.range(0, 3).forEach(i -> tally.accepted());
    tally.labelled("positive");
    ByteArrayOutputStream shown = new ByteArrayOutputStream();

    DemoSummary.of(tally.counts()).print(new PrintStream(shown, true, UTF_8), Map.of());

    assertThat(shown.toString(UTF_8)).containsPattern("left for the next start +2\n");
  }

  private static DemoSummary summary() {
    AtomicLong nanos = new AtomicLong();
    RunTally tally = new RunTally(nanos::get);
    for (int i = 0; i < 4; i++) {
      tally.accepted();
    }
    tally.labelled("positive");
    tally.labelled("positive");
    tally.labelled("negative");
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    tally.deadLettered("empty-text");
    nanos.addAndGet(Duration.ofMillis(500).toNanos());
    return DemoSummary.of(tally.counts());
  }
}
