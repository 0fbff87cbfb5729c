package io.sentimentstreams.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.ModelBundle;
import io.sentimentstreams.train.Evaluation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
  private static final Labels LABELS = TestReports.bundle().manifest().model().labels();

  private final Comparison comparison =
      new Comparison(
          List.of(
              ComparedModel.of("models/one", TestReports.bundle()),
              ComparedModel.of("models/<b>two", other())));

  /** On the same validation texts, and on test texts; its epochs were not kept. */
  private static ModelBundle other() {
    ModelBundle bundle =
        ModelBundle.load(Path.of("src/test/resources/io/sentimentstreams/model/golden/bilstm-f16"));
    long[][] confusion = {{9, 0, 0}, {3, 6, 0}, {0, 0, 9}};
    return bundle.withMeasures(
        List.of(
            Evaluation.measures("validation", LABELS, confusion),
            Evaluation.measures("test", LABELS, confusion)));
  }

  @Test
  void table_modelsOnTheSameTexts_haveTheSameLetter() {
    assertThat(comparison.table().lines().map(line -> line.replaceAll(" +", " ")))
        .startsWith(
            "model on texts accuracy macro recall macro F1 linear F1 parameters MB epochs time network")
        .anyMatch(line -> line.startsWith("conv1d-f32 A 27 0.8519"))
        .anyMatch(line -> line.matches("conv1d-f32 A .* 3 1 min 31 s conv1d"))
        .anyMatch(line -> line.startsWith("bilstm-f16 A 27 0.8889"))
        .anyMatch(line -> line.startsWith(" B 27 0.8889"))
        .anyMatch(line -> line.startsWith("A: validation of Tweets.csv, 27 texts"))
        .anyMatch(line -> line.startsWith("B: test of Tweets.csv, 27 texts"))
        .endsWith("Measures compare where they are of the same texts, which have the same letter.");
  }

  @Test
  void table_oneModel_needsNoLetters() {
    Comparison single = new Comparison(comparison.models().subList(0, 1));

    assertThat(single.table()).endsWith("All measures are of the same texts.");
  }

  @Test
  void table_modelWithoutMeasures_isThereToo() {
    ModelBundle bare = TestReports.bundle().withMeasures(List.of()).withEpochs(List.of());

    String table = new Comparison(List.of(ComparedModel.of("bare", bare))).table();

    assertThat(table).containsPattern("conv1d-f32 +- +- +- .*conv1d");
  }

  @Test
  void json_anyModels_hasWhatTheTableShows() throws IOException {
    JsonNode models = new JsonMapper().readTree(comparison.json()).path("models");

    assertThat(models).hasSize(2);
    JsonNode first = models.get(0);
    assertThat(first.path("network").asText()).isEqualTo("conv1d");
    assertThat(first.path("trainingSeconds").asDouble()).isEqualTo(91);
    assertThat(first.path("bestEpoch").asInt()).isEqualTo(2);
    assertThat(first.path("parameters").asLong()).isPositive();
    assertThat(first.path("results")).hasSize(1);
    assertThat(first.path("results").get(0).path("on").asText()).isEqualTo("A");
    assertThat(first.path("results").get(0).path("linearMacroF1").asDouble()).isPositive();
    assertThat(models.get(1).path("results").get(1).path("linearMacroF1").isNull()).isTrue();
  }

  @Test
  void html_anyModels_isAPageWithoutMarkupFromOutside() {
    Document page = Jsoup.parse(comparison.html());

    assertThat(page.select("#measures tbody tr")).hasSize(3);
    assertThat(page.select("#sizes tbody tr td:last-child").eachText())
        .containsExactly("models/one", "models/<b>two");
    assertThat(page.select("script, b")).isEmpty();
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]")).hasSize(1);
  }
}
