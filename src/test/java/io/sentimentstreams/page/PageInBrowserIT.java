package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.Reference;
import io.sentimentstreams.text.EncodedText;
import io.sentimentstreams.trend.Tally;
import io.sentimentstreams.trend.Trend;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in Chromium. */
final class PageInBrowserIT extends InBrowser {
  private static final String HOSTILE =
      "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
  private static final String FOCUSED =
      "document.activeElement.id || document.activeElement.getAttribute('href')"
          + " || document.activeElement.getAttribute('aria-labelledby')"
          + " || document.activeElement.tagName";

  @Test
  void events_thatAreLabelled_showWithTheirWordsWhileCountsMove() throws Exception {
    assertThat(tab().text("events-empty")).contains("No events yet");

    served.label("great crew", 2);
    eventually().until(() -> tab().text("event-list").contains("great crew"));
    assertThat(tab().text("event-list")).contains("positive", "98 %", "tweets:0:1");
    assertThat(tab().value("document.querySelector('#event-list mark').textContent").asText())
        .isEqualTo("grea");
    assertThat(tab().value("document.querySelector('#event-list mark').className").asText())
        .isEqualTo("for");
    eventually().until(() -> tab().text("total").equals("1"));
    assertThat(tab().text("lag")).isEqualTo("42");

    served.label("awful delay", 0);
    eventually().until(() -> tab().text("total").equals("2"));
    assertThat(tab().text("mix-legend")).contains("negative 50 %", "neutral 0 %", "positive 50 %");
    assertThat(tab().value("document.querySelectorAll('#mix-plot path').length").asInt())
        .isEqualTo(3);
  }

  @Test
  void hostileText_inEventsAndLettersAndTheBox_isText() throws Exception {
    served.label(HOSTILE, 0);
    served.bury(HOSTILE);
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
    eventually().until(() -> tab().text("score-result").contains("what a great flight"));
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
    served.label("held back", 1);
    eventually().until(() -> tab().text("events-note").startsWith("Paused. 1 "));
    assertThat(tab().text("event-list")).doesNotContain("held back");
    tab().press(" ", 32);
    assertThat(tab().text("event-list")).contains("held back");
  }

  @Test
  void connection_thatIsLost_isToldAndMadeAgain() throws Exception {
    served.label("before the end", 2);
    eventually().until(() -> tab().text("event-list").contains("before the end"));
    int port = served.port();
    served.stop();
    eventually().until(() -> tab().text("notice").contains("The connection is lost"));
    assertThat(tab().text("health-text")).isEqualTo("not connected");

    served.startAgain("two", port);
    eventually().until(() -> tab().text("health-text").equals("ready"));
    assertThat(tab().value("document.getElementById('notice').hidden").asBoolean()).isTrue();
    assertThat(tab().text("event-list")).doesNotContain("before the end"); // of another process
    served.label("after it", 2);
    eventually().until(() -> tab().text("event-list").contains("after it"));
  }

  @Test
  void box_atTheStart_hasALabelledExample() throws Exception {
    served.label("great crew", 2);
    eventually().until(() -> tab().text("score-result").contains("positive 98 %"));
    assertThat(tab().value("document.getElementById('score-text').value").asText())
        .startsWith("Slow to start");
  }

  @Test
  void driftAndGroups_thatTheStreamHas_areShownInWords() throws Exception {
    assertThat(tab().value("document.getElementById('drift').hidden").asBoolean()).isTrue();
    eventually().until(() -> tab().text("trends-empty").equals("No window is closed yet."));

    List<EncodedText> texts = Collections.nCopies(1_000, new EncodedText(new int[] {1, 2}, 2, 0));
    List<Prediction> sure =
        Collections.nCopies(1_000, Prediction.of(new float[] {0.05f, 0.05f, 0.9f}));
    List<Prediction> unsure =
        Collections.nCopies(1_000, Prediction.of(new float[] {0.2f, 0.35f, 0.45f}));
    served
        .meters
        .drift("tweets", Reference.of("validation", 3, texts, sure))
        .orElseThrow()
        .add(texts, unsure);
    Tally tally = new Tally(new TreeMap<>(Map.of("negative", 3L, "positive", 1L)), 3_400_000, 4, 0);
    served.groups.closed("tweets", HOSTILE, new Trend(0, 60_000, tally, Tally.NONE));

    eventually().until(() -> tab().text("trend-rows").contains("75 %"));
    assertThat(tab().text("trend-rows")).contains(HOSTILE, "tweets", "4", "0.85");
    eventually().until(() -> tab().text("drift-rows").contains("stable 0.0"));
    assertThat(tab().text("drift-rows")).containsPattern("tweets.*stable.*stable.*far.*stable");
  }

  @Test
  void links_ofTheServer_areInTheFooter() throws Exception {
    assertThat(tab().text("links")).contains("/metrics", "/trends?route=tweets");
    assertThat(tab().value("document.querySelector('#links a').getAttribute('href')").asText())
        .isEqualTo("/metrics");
  }

  @Test
  void keyboard_fromTheTop_reachesEverythingVisibly() throws Exception {
    served.label("great crew", 2);
    eventually().until(() -> tab().text("event-list").contains("great crew"));
    tab().press("Tab", 9);
    assertThat(tab().value("document.activeElement.className").asText()).isEqualTo("skip");
    assertThat(tab().value("document.activeElement.getBoundingClientRect().left").asInt())
        .isNotNegative();
    Set<String> reached = new LinkedHashSet<>();
    for (int stop = 0; stop < 30; stop++) {
      tab().press("Tab", 9);
      String element = tab().value(FOCUSED).asText();
      if (!reached.add(element)) {
        break;
      }
      if (!element.equals("BODY")) {
        assertThat(tab().value("getComputedStyle(document.activeElement).outlineStyle").asText())
            .as(element)
            .isEqualTo("solid");
      }
    }
    assertThat(reached)
        .containsSubsequence(
            "event-route", "pause", "event-list", "score-text", "letter-list", "/metrics");
  }

  @Test
  void screenReader_isToldOfWhatChangesAndNotOfTheFlood() throws Exception {
    assertThat(
            tab()
                .value(
                    "[...document.querySelectorAll('[aria-live], [role=status], [role=alert],"
                        + " [role=log]')].map(region => region.id).join()")
                .asText())
        .isEqualTo("health-said,notice,score-said");
    assertThat(tab().text("health-said")).isEqualTo("ready");
    ask("what a great flight");
    eventually().until(() -> tab().text("score-said").equals("positive, 98 %"));
    assertThat(
            tab()
                .value(
                    "[...document.querySelectorAll('button, a, select, textarea, ol, [role=region]')]"
                        + ".filter(one => !one.innerText && !one.labels?.length"
                        + " && !one.getAttribute('aria-labelledby')).length")
                .asInt())
        .as("without a name")
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({"desk,1280,900,false", "desk-dark,1280,900,true", "phone,390,844,false"})
  void page_ofAnySizeAndScheme_fitsAndCanBeReached(String name, int width, int height, boolean dark)
      throws Exception {
    tab().look(width, height, dark);
    served.label("an unbroken" + "x".repeat(300), 2);
    served.bury("a detail");
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
}
