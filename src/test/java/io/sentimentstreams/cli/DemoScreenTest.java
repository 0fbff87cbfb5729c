package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class DemoScreenTest {
  private static final RunTally.Counts COUNTS =
      new RunTally.Counts(
          Duration.ZERO, 12, 8, 2, Map.of("positive", 6L, "negative", 2L), Map.of("x", 2L));

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void labelled_withoutColours_isPlainText() {
    screen(false, false).labelled("positive", 0.987, "So good!\nReally");

    assertThat(shown()).isEqualToIgnoringNewLines("positive  0.99  So good! Really");
  }

  @Test
  void labelled_withColours_paintsTheLabel() {
    screen(true, true).labelled("negative", 0.5, "bad");

    assertThat(shown()).contains("\033[31mnegative  0.50\033[0m  bad");
  }

  @Test
  void labelled_textWithControlCharacters_cannotSteerTheTerminal() {
    screen(false, false).labelled("neutral", 0.5, "a\033[2Jb\u0007c\u009b31md");

    assertThat(shown()).doesNotContain("\033").doesNotContain("\u0007").doesNotContain("\u009b");
  }

  @Test
  void labelled_longText_isCutBetweenCodePoints() {
    screen(false, false).labelled("neutral", 0.5, "😀".repeat(500));

    assertThat(shown()).contains("😀…").hasSizeLessThan(250);
  }

  @Test
  void labelled_moreThanAnybodyReads_showsSomeAndSaysSo() {
    DemoScreen screen = screen(false, false);
    for (int i = 0; i < 1000; i++) {
      show(screen, "text " + i);
    }
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
    show(screen, "the next second");
    screen.finish();

    assertThat(shown().lines().filter(line -> line.startsWith("positive"))).hasSize(201);
    assertThat(shown()).contains("the next second").contains("800 events not shown");
  }

  @Test
  void totals_onATerminal_rewriteTheirLine() {
    DemoScreen screen = screen(true, false);
    nanos.addAndGet(Duration.ofSeconds(2).toNanos());
    screen.totals(COUNTS);

    assertThat(shown())
        .startsWith("\r\033[2K12 in  8 labelled  2 dead  5/s")
        .contains("positive 75%")
        .contains("negative 25%")
        .doesNotContain("\n");
  }

  @Test
  void totals_elsewhere_comeEveryFewSeconds() {
    DemoScreen screen = screen(false, false);
    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(Duration.ofMillis(100).toNanos());
      screen.totals(COUNTS);
    }

    assertThat(shown().lines()).hasSize(2).allMatch(line -> line.startsWith("-- 12 in"));
  }

  private static void show(DemoScreen screen, String text) {
    if (screen.takes()) {
      screen.labelled("positive", 1, text);
    }
  }

  private DemoScreen screen(boolean terminal, boolean colours) {
    return new DemoScreen(new PrintStream(shown, true, UTF_8), terminal, colours, nanos::get);
  }

  private String shown() {
    return shown.toString(UTF_8);
  }
}
