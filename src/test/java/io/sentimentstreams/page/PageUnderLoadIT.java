package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in Chromium at 100,000 events a second. */
final class PageUnderLoadIT extends InBrowser {
  private static final int FRAME = 250;
  private static final int FRAMES_A_TICK = 4;
  private static final Duration TICK = Duration.ofMillis(10);
  private static final int TICKS = 400;
  private static final int EVENTS = TICKS * FRAMES_A_TICK * FRAME;

  /** Rows of events that the page keeps. */
  private static final int MOST_ROWS = 60;

  /** Elements of the page with full lists: some for each row, and what is there without any. */
  private static final int MOST_ELEMENTS = 20 * MOST_ROWS;

  private static final List<String> TEXTS =
      IntStream.range(0, FRAME)
          .mapToObj(
              row ->
                  "%s crew on flight %d, and the bags came %d minutes later"
                      .formatted(List.of("awful", "same", "great").get(row % 3), row, row % 50))
          .toList();

  private final ScheduledExecutorService stream = Executors.newSingleThreadScheduledExecutor();

  @AfterEach
  void stop() {
    stream.shutdownNow();
  }

  @Test
  void events_aHundredThousandASecond_areAllCountedAndSomeShownWhileThePageAnswers()
      throws Exception {
    tab()
        .value(
            "window.seen = 0; window.shown = show; show = (kind, item) => { seen++; shown(kind, item); }");
    long began = System.nanoTime();
    CountDownLatch left = new CountDownLatch(TICKS);
    // Where the machine is slow, missed ticks follow at once.
    var unused =
        stream.scheduleAtFixedRate(() -> tick(left), 0, TICK.toMillis(), TimeUnit.MILLISECONDS);

    eventually().until(() -> tab().text("events-note").startsWith("Some of "));
    ask("what a great flight");
    eventually().until(() -> tab().text("score-said").equals("positive, 98 %"));
    tab().click("pause");
    eventually().until(() -> tab().text("events-note").contains("90 or more have come"));
    tab().click("pause");
    tab().screenshot(PICTURES.resolve("flood.png"));
    assertThat(left.await(60, TimeUnit.SECONDS)).isTrue();

    eventually().until(() -> number("state.last.routes[0].totals.in") == EVENTS);
    assertThat(number("state.seconds.reduce((all, one) => all + one.routes.tweets.in, 0)"))
        .isEqualTo(EVENTS);
    assertThat(number("Object.values(state.last.routes[0].totals.labels).reduce((a, b) => a + b)"))
        .isEqualTo(EVENTS);
    assertThat(tab().text("total")).isEqualTo("400,000");
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began) + 1;
    assertThat(number("seen")).isBetween(MOST_ROWS, (int) (ServedPage.SAMPLES * (seconds + 1)));
    assertThat(number("document.querySelectorAll('#event-list li').length")).isEqualTo(MOST_ROWS);
    assertThat(number("document.getElementsByTagName('*').length")).isLessThan(MOST_ELEMENTS);
    assertThat(number("state.held.length")).isZero();
    assertThat(tab().value("document.getElementById('notice').hidden").asBoolean()).isTrue();
  }

  private void tick(CountDownLatch left) {
    if (left.getCount() > 0) {
      for (int frame = 0; frame < FRAMES_A_TICK; frame++) {
        served.frame(TEXTS, Duration.ofMillis(12));
      }
      left.countDown();
    }
  }

  /** What the page says of a stream that has been the same for five minutes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0      | 0       | 0       | 0          | none",
        "1      | 1.0     | 0.9     | 300        | 12 ms",
        "100000 | 100,000 | 90,000  | 30.0 M     | 12 ms"
      })
  void rates_ofAnySize_areReadable(int rate, String in, String labelled, String all, String median)
      throws Exception {
    if (rate > 0) {
      IntStream.range(0, 20).forEach(row -> served.label(TEXTS.get(row), row % 3));
      served.bury("the text is empty");
      eventually().until(() -> tab().text("letter-list").contains("the text is empty"));
    }
    tab().value(SteadyStream.script(rate));

    assertThat(tab().text("in")).isEqualTo(in);
    assertThat(tab().text("labelled")).isEqualTo(labelled);
    assertThat(tab().text("total")).isEqualTo(all);
    assertThat(tab().text("p50")).isEqualTo(median.equals("none") ? "–" : median);
    for (String look : List.of("desk", "dark", "phone")) {
      int width = look.equals("phone") ? 390 : 1280;
      tab().look(width, 900, look.equals("dark"));
      assertThat(number("document.documentElement.scrollWidth"))
          .as(look)
          .isEqualTo(number("document.documentElement.clientWidth"));
      assertThat(
              number(
                  "[...document.querySelectorAll('.value')].filter(one => one.scrollWidth > one.clientWidth).length"))
          .as("numbers that are cut, %s", look)
          .isZero();
      tab().screenshot(PICTURES.resolve("%d-%s.png".formatted(rate, look)));
    }
  }

  private static int number(String expression) throws Exception {
    JsonNode value = tab().value(expression);
    assertThat(value.isNumber()).as("%s: %s", expression, value).isTrue();
    return value.intValue();
  }
}
