package io.sentimentstreams.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
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
