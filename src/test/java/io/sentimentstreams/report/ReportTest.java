package io.sentimentstreams.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.model.ModelBundle;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

final class ReportTest {
  private static final String HTML = TestReports.report(50).html();

  private final Document page = Jsoup.parse(HTML);

  @Test
  void html_hostileTexts_stayTexts() {
    assertThat(page.select("script, img, iframe, object, embed, link, meta[http-equiv=refresh]"))
        .isEmpty();
    assertThat(page.select("h1")).hasSize(1);
    assertThat(page.select("style")).hasSize(1);
    assertThat(page.select("blockquote > *")).isEmpty();
    assertThat(page.getAllElements())
        .allSatisfy(
            element ->
                assertThat(element.attributes().asList())
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    assertThat(page.select("blockquote").eachText())
        .contains(TestReports.SCRIPT, TestReports.HOSTILE.get(1), TestReports.HOSTILE.get(7));
  }

  @Test
  void html_controlCharactersAndLongTexts_areReplacedAndCut() {
    assertThat(page.select("blockquote").eachText())
        .anySatisfy(
            text -> assertThat(text).contains("backwards").contains("and \ufffd and \ufffd"))
        .anySatisfy(text -> assertThat(text).isEqualTo("W".repeat(500) + " …"));
    assertThat(HTML.codePoints().filter(point -> point < ' ' && point != '\n')).isEmpty();
  }

  @Test
  void html_anyReport_loadsNothing() {
    assertThat(page.select("[src], [srcset], [data], [action], [xlink:href]")).isEmpty();
    assertThat(page.select("[href]").eachAttr("href")).allMatch(target -> target.startsWith("#"));
    assertThat(page.select("style").html()).doesNotContain("url(", "@import");
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'; style-src 'unsafe-inline';");
  }

  @Test
  void html_linksAndLabels_leadSomewhere() {
    List<String> ids = page.select("[id]").eachAttr("id");
    assertThat(ids).doesNotHaveDuplicates();
    assertThat(page.select("a[href]").eachAttr("href"))
        .isNotEmpty()
        .allSatisfy(target -> assertThat(ids).contains(target.substring(1)));
    for (Element labelled : page.select("[aria-labelledby]")) {
      assertThat(ids).containsAll(List.of(labelled.attr("aria-labelledby").split(" ")));
    }
    assertThat(page.select("figure > svg"))
        .hasSize(4)
        .allMatch(svg -> svg.attr("role").equals("img"));
    assertThat(page.select(".scroll"))
        .allMatch(
            region -> region.attr("tabindex").equals("0") && region.attr("role").equals("region"));
  }

  @Test
  void html_measures_areThoseOfTheTexts() {
    assertThat(page.select(".tiles div").eachText())
        .contains("Accuracy 0.7500", "Training time 1 min 31 s")
        .hasSize(6);
    assertThat(page.select("tr.kept th").text()).isEqualTo("2");
    assertThat(page.select(".verdict.lost").text()).contains("does not beat a linear model");
    assertThat(page.select(".confusion tbody tr")).hasSize(3);
    assertThat(page.select("#data tfoot td").text()).isEqualTo("60");
  }

  @Test
  void html_mistakes_areTheMostConfidentFirst() {
    List<Double> scores =
        page.select("#texts .pair > div:first-child .score").eachText().stream()
            .map(Double::valueOf)
            .toList();

    assertThat(scores).hasSize(15).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(page.select("#texts .pair > div:first-child li.right")).isEmpty();
  }

  @Test
  void html_withoutQuotes_holdsNoTextOfTheData() {
    String html = TestReports.report(0).html();

    assertThat(Jsoup.parse(html).select("blockquote, #texts")).isEmpty();
    assertThat(html).doesNotContain("backwards", "owned");
  }

  @Test
  void html_bundleWithoutEpochsAndBaseline_leavesTheirSectionsOut() {
    ModelBundle bare = TestReports.bundle().withEpochs(List.of()).withMeasures(List.of());

    Document bareReport = Jsoup.parse(TestReports.report(bare, 5).html());

    assertThat(bareReport.select("#training, #baseline, .verdict")).isEmpty();
    assertThat(bareReport.select("nav a[href=#training], nav a[href=#baseline]")).isEmpty();
    assertThat(bareReport.select("#labels, #calibration, #network")).hasSize(3);
  }

  @Test
  void html_sameReport_isTheSamePage() {
    assertThat(TestReports.report(50).html()).isEqualTo(HTML);
  }
}
