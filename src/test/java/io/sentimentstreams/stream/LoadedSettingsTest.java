package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoadedSettingsTest {
  @Test
  void shown_ofEachSource_namesIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("my.yaml"), "threads: 3\nlinger: 20ms\n");

    LoadedSettings loaded =
        SettingsLoader.loadToShow(
            file,
            Map.of("SENTIMENT_LINGER", "30ms", "SENTIMENT_BACKEND", "onnx"),
            Map.of("backend", "compiled"),
            SettingsLoader.COMMAND_LINE);

    assertThat(loaded.shown())
        .contains(
            new EffectiveSetting("threads", "3", "file " + file),
            new EffectiveSetting("linger", "30ms", "environment variable SENTIMENT_LINGER"),
            new EffectiveSetting("backend", "compiled", "command line"),
            new EffectiveSetting("applicationId", "sentiment-streams", "default"),
            new EffectiveSetting("routes.tweets.model", "models/tweets-bilstm", "default"));
    assertThat(loaded.settings().threads()).isEqualTo(3);
  }

  @Test
  void shown_ofARouteThatIsOnlyNamed_hasItsDefaults() {
    assertThat(routeWith(Map.of()))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "inputs", "mine",
                "model", "models/mine",
                "output", "mine.sentiment",
                "format", "json",
                "textPointer", "/text",
                "idPointer", "/id",
                "includeText", "false",
                "explain", "false"));
  }

  @Test
  void shown_ofTrendsAlertsAndShadow_hasTheirDefaultsToo() {
    assertThat(
            routeWith(
                Map.of(
                    "routes.mine.trends", "key",
                    "routes.mine.trendsWindow", "90s",
                    "routes.mine.alertAbove", "0.8",
                    "routes.mine.shadow", "models/other")))
        .containsAllEntriesOf(
            Map.of(
                "trendsWindow", "90s",
                "trendsAdvance", "90s",
                "trendsGrace", "10s",
                "trendsIdle", "1m",
                "trendsGroups", "10000",
                "alertBelow", "0.7",
                "alertEvents", "50",
                "alertLabel", "negative",
                "shadowShare", "0.1"));
  }

  /** What is shown of the route {@code mine}, by the ends of the keys; sources are as told. */
  private static Map<String, String> routeWith(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("routes.mine.model", "models/mine");
    LoadedSettings loaded =
        SettingsLoader.loadToShow(null, Map.of(), all, SettingsLoader.COMMAND_LINE);
    assertThat(loaded.shown())
        .filteredOn(setting -> setting.key().startsWith("routes.mine."))
        .allSatisfy(
            setting ->
                assertThat(setting.source())
                    .as(setting.key())
                    .isEqualTo(
                        all.containsKey(setting.key()) ? SettingsLoader.COMMAND_LINE : "default"));
    return loaded.shown().stream()
        .filter(setting -> setting.key().startsWith("routes.mine."))
        .collect(
            Collectors.toMap(
                setting -> setting.key().substring("routes.mine.".length()),
                EffectiveSetting::value));
  }

  @Test
  void shown_secrets_areHidden() {
    LoadedSettings loaded =
        SettingsLoader.loadToShow(
            null,
            Map.of(
                "SENTIMENT_KAFKA_SASL_JAAS_CONFIG", "... password=\"streams-secret\";",
                "SENTIMENT_KAFKA_SSL_TRUSTSTORE_PASSWORD", "truststore-secret"),
            Map.of(
                "kafka.sasl.oauthbearer.token.endpoint.url", "https://user:url-secret@host/token"),
            SettingsLoader.COMMAND_LINE);

    assertThat(loaded.shown().toString()).doesNotContain("-secret");
    assertThat(loaded.shown())
        .filteredOn(setting -> setting.key().startsWith("kafka."))
        .extracting(EffectiveSetting::value)
        .containsExactly("[hidden]", "https://[hidden]@host/token", "[hidden]");
  }
}
