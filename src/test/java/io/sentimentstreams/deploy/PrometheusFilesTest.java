package io.sentimentstreams.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alerts and settings by Prometheus' own tool, and the dashboard's form. */
final class PrometheusFilesTest {
  @ParameterizedTest
  @CsvSource({"rules, alerts.yml", "config, prometheus.yml"})
  void file_checkedByPromtool_passes(String kind, String file) throws Exception {
    requirePass("check", kind, Deployed.PROMETHEUS.resolve(file).toString());
  }

  @Test
  void alerts_onSeriesThatAreMade_fireAndDoNot() throws Exception {
    requirePass("test", "rules", Deployed.PROMETHEUS.resolve("alerts.test.yml").toString());
  }

  private static void requirePass(String... arguments) throws Exception {
    Program.Run run = Program.require("promtool").run(arguments);
    assertThat(run.status()).as(run.output()).isZero();
    assertThat(run.output()).contains("SUCCESS").doesNotContain("FAILED");
  }

  @Test
  void alerts_allOfThem_areTestedToFire() throws Exception {
    Set<String> fired = new TreeSet<>();
    JsonNode tests = Deployed.yaml(Deployed.PROMETHEUS.resolve("alerts.test.yml")).path("tests");
    for (JsonNode test : tests) {
      for (JsonNode alert : test.path("alert_rule_test")) {
        if (!alert.path("exp_alerts").isEmpty()) {
          fired.add(alert.path("alertname").asText());
        }
      }
    }
    assertThat(fired)
        .containsExactlyInAnyOrderElementsOf(
            Deployed.alerts().stream().map(Deployed.Query::name).toList());
  }

  @Test
  void dashboard_allPanels_haveAPlaceAndAQueryOfTheProvisionedSource() throws Exception {
    JsonNode dashboard = Deployed.dashboard();
    assertThat(Deployed.panels()).isNotEmpty();
    Set<Integer> ids = new TreeSet<>();
    Set<String> places = new TreeSet<>();
    for (JsonNode panel : dashboard.path("panels")) {
      assertThat(ids.add(panel.path("id").asInt())).as(panel.path("title").asText()).isTrue();
      JsonNode place = panel.path("gridPos");
      assertThat(places.add(place.path("x") + "," + place.path("y"))).as("%s", place).isTrue();
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
        assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
      }
    }
  }
}
