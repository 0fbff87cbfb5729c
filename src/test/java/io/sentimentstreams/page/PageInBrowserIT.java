package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.metrics.FrameTally;
import io.sentimentstreams.metrics.Meters;
import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.metrics.RouteMeters;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import io.sentimentstreams.report.Chromium;
import io.sentimentstreams.web.Health;
import io.sentimentstreams.web.OpsServer;
import io.sentimentstreams.web.ScoreAnswer;
import io.sentimentstreams.web.ScoreRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in Chromium; skipped where there is none. */
final class PageInBrowserIT {
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
  private static final Labels LABELS = new Labels(List.of("negative", "neutral", "positive"));
  private static final Path PICTURES = Path.of("target", "page");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path folder;

  private static @Nullable Tab opened;

  private final PrometheusMetrics metrics = new PrometheusMetrics();
  private final RouteMeters tweets = new Meters(metrics.registry()).route("tweets", LABELS);
  private final Samples samples = new Samples(100, System::nanoTime, new Random(1));
  private final Groups groups = new Groups();
  private Page page;
  private OpsServer server;
  private int offset;

  @BeforeAll
  static void openBrowser() throws Exception {
    Optional<Chromium> found = Chromium.find(folder);
    assumeTrue(found.isPresent(), "no Chromium on the PATH: install Debian's package chromium");
    opened = Tab.open(found.orElseThrow(), folder);
  }

  @AfterAll
  static void closeBrowser() {
    if (opened != null) {
      opened.close();
    }
  }

  @BeforeEach
  void serve() throws Exception {
    start("one", 0);
    tab().look(1280, 900, false);
    tab().show("http://127.0.0.1:" + server.port() + "/");
    eventually().until(() -> tab().text("health-text").equals("ready"));
  }

  @AfterEach
  void close() {
    stop();
    metrics.close();
  }

  private void start(String instance, int port) {
    page =
        Page.open(
            new Page.Source(
                instance,
                metrics.registry(),
                samples,
                sample -> List.of(new Word(0, 4, 1.5)),
                Health::up,
                Health::up,
                () -> Map.of("tweets-0", 7L, "tweets-1", 35L),
                groups,
                List.of("/metrics", "/score")));
    server =
        OpsServer.start(
            "127.0.0.1",
            port,
            metrics::scrape,
            Health::up,
            Health::up,
            PageInBrowserIT::answer,
            Map.of(),
            page.handlers());
  }

  private void stop() {
    page.close();
    server.close();
  }

  @Test
  void events_thatAreLabelled_showWithTheirWordsWhileCountsMove() throws Exception {
    assertThat(tab().text("events-empty")).contains("No events yet");

    label("great crew", 2);
    eventually().until(() -> tab().text("event-list").contains("great crew"));
    assertThat(tab().text("event-list")).contains("positive", "98 %", "tweets:0:1");
    assertThat(tab().value("document.querySelector('#event-list mark').textContent").asText())
        .isEqualTo("grea");
    assertThat(tab().value("document.querySelector('#event-list mark').className").asText())
        .isEqualTo("for");
    eventually().until(() -> tab().text("total").equals("1"));
    assertThat(tab().text("lag")).isEqualTo("42");

    label("awful delay", 0);
    eventually().until(() -> tab().text("total").equals("2"));
    assertThat(tab().text("mix-legend")).contains("negative 50 %", "neutral 0 %", "positive 50 %");
    assertThat(tab().value("document.querySelectorAll('#mix-plot path').length").asInt())
        .isEqualTo(3);
  }

  @Test
  void hostileText_inEventsAndLettersAndTheBox_isText() throws Exception {
    label(HOSTILE, 0);
    bury(HOSTILE);
    eventually().until(() -> tab().text("event-list").contains(HOSTILE));
    eventually().until(() -> tab().text("letter-list").contains(HOSTILE));
    ask(HOSTILE);
    eventually().until(() -> tab().text("score-result").contains(HOSTILE));

    assertThat(tab().value("document.querySelectorAll('main img, main script').length").asInt())
        .isZero();
    assertThat(tab().value("document.title").asText()).isEqualTo("sentiment-streams");
  }

  @Test
  void textInTheBox_typed_isLabelledWithItsWords() throws Exception {
    ask("what a great flight");
    eventually().until(() -> tab().text("score-result").contains("by fake"));
    assertThat(tab().text("score-result")).contains("positive 98 %", "words as against neutral");
    assertThat(tab().value("document.querySelector('#score-result mark.for').textContent").asText())
        .isEqualTo("what");
    ask("");
    eventually().until(() -> tab().text("score-result").isEmpty());
  }

  @Test
  void pause_byTheKeyboard_holdsEventsUntilItGoesOn() throws Exception {
    tab().value("document.getElementById('pause').focus()");
    tab().press(" ", 32);
    assertThat(tab().value("document.getElementById('pause').ariaPressed").asText())
        .isEqualTo("true");
    label("held back", 1);
    eventually().until(() -> tab().text("events-note").startsWith("Paused. 1 "));
    assertThat(tab().text("event-list")).doesNotContain("held back");
    tab().press(" ", 32);
    assertThat(tab().text("event-list")).contains("held back");
  }

  @Test
  void connection_thatIsLost_isToldAndMadeAgain() throws Exception {
    label("before the end", 2);
    eventually().until(() -> tab().text("event-list").contains("before the end"));
    int port = server.port();
    stop();
    eventually().until(() -> tab().text("notice").contains("The connection is lost"));
    assertThat(tab().text("health-text")).isEqualTo("not connected");

    start("two", port);
    eventually().until(() -> tab().text("health-text").equals("ready"));
    assertThat(tab().value("document.getElementById('notice').hidden").asBoolean()).isTrue();
    assertThat(tab().text("event-list")).doesNotContain("before the end"); // of another process
    label("after it", 2);
    eventually().until(() -> tab().text("event-list").contains("after it"));
  }

  @ParameterizedTest
  @CsvSource({"desk,1280,900,false", "desk-dark,1280,900,true", "phone,390,844,false"})
  void page_ofAnySizeAndScheme_fitsAndCanBeReached(String name, int width, int height, boolean dark)
      throws Exception {
    tab().look(width, height, dark);
    label("an unbroken" + "x".repeat(300), 2);
    bury("a detail");
    eventually().until(() -> tab().text("letter-list").contains("a detail"));
    tab().screenshot(PICTURES.resolve(name + ".png"));

    assertThat(tab().value("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
    assertThat(
            tab()
                .value(
                    "[...document.querySelectorAll('select, textarea')]"
                        + ".filter(field => field.labels.length === 0).length")
                .asInt())
        .as("fields without a label")
        .isZero();
    assertThat(tab().value("performance.getEntriesByType('resource').length").asInt())
        .as("requests besides the page and its events")
        .isLessThanOrEqualTo(1);
  }

  private static Tab tab() {
    if (opened == null) {
      throw new IllegalStateException("no browser");
    }
    return opened;
  }

  private static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(30));
  }

  private void ask(String text) throws Exception {
    tab().value("(box => { box.focus(); box.select(); })(document.getElementById('score-text'))");
    if (text.isEmpty()) {
      tab().press("Backspace", 8);
    } else {
      tab().type(text);
    }
  }

  private void label(String text, int label) {
    float[] probabilities = {0.01f, 0.01f, 0.01f};
    probabilities[label] = 0.98f;
    try (FrameTally tally = tweets.begin(1)) {
      tally.labelled(label);
      tally.done();
    }
    samples.offer(
        new Sample.Labelled(
            "tweets",
            place(),
            text,
            text.length(),
            LABELS.name(label),
            0.98f,
            Map.of(LABELS.name(label), 0.98f),
            "v1"));
  }

  private void bury(String detail) {
    try (FrameTally tally = tweets.begin(1)) {
      tally.deadLettered(RejectionReason.EMPTY_TEXT);
      tally.done();
    }
    samples.offer(new Sample.Dead("tweets", place(), "empty-text", detail));
  }

  private Place place() {
    offset++;
    return new Place("tweets", 0, offset, 0);
  }

  private static ScoreAnswer answer(ScoreRequest request) {
    String text = request.texts().get(0);
    return new ScoreAnswer(
        "tweets",
        "fake",
        "v1",
        LABELS,
        List.of(
            new ScoreAnswer.Scored(
                Prediction.of(new float[] {0.01f, 0.01f, 0.98f}),
                new Explanation(
                    AttributionMethod.EXACT,
                    1,
                    0,
                    List.of(new TokenContribution(text.substring(0, 4), 0, 4, 2.0))))));
  }
}
