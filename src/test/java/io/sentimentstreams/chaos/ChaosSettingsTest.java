package io.sentimentstreams.chaos;

import static io.sentimentstreams.stream.ProcessingGuarantee.AT_LEAST_ONCE;
import static io.sentimentstreams.stream.ProcessingGuarantee.EXACTLY_ONCE_V2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.stream.ProcessingGuarantee;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import io.sentimentstreams.stream.TrendSettings;
import io.sentimentstreams.trend.TrendRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChaosSettingsTest {
  private static final String SESSION = "main.consumer.session.timeout.ms";

  @Test
  void settingsFile_ofAModel_isReadByTheStream(@TempDir Path folder) throws Exception {
    StreamSettings stream = read(settings(Map.of()), folder);
    assertThat(stream.bootstrapServers()).isEqualTo("127.0.0.1:1,127.0.0.1:2");
    assertThat(stream.routes().get(0).model()).isEqualTo(Path.of("/models/it's"));
    assertThat(stream.kafka())
        .containsEntry(SESSION, "6000")
        .containsEntry("producer.transaction.timeout.ms", "6000");
  }

  /** Kafka refuses sessions that the client asks for where the broker assigns the tasks. */
  @Test
  void sessions_ofTasksThatTheBrokerAssigns_areSettingsOfTheBroker(@TempDir Path folder)
      throws Exception {
    Map<String, String> protocol = Map.of("kafka.group.protocol", "streams");
    assertThat(read(settings(protocol), folder).kafka()).doesNotContainKey(SESSION);
    assertThat(ChaosSettings.brokerSettings())
        .containsEntry("group.streams.session.timeout.ms", "6000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "applicationId",
        "bootstrapServers",
        "http.port",
        "routes.chaos.model",
        "kafka.state.dir",
        "kafka.group.instance.id"
      })
  void setting_thatTheRunNeeds_isRefused(String key) {
    assertThatThrownBy(() -> new Fleet(1, 3, false, Map.of(key, "1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("set: " + key + " belongs to the run");
  }

  @Test
  void trends_areThoseThatTheRunChecks(@TempDir Path folder) throws Exception {
    StreamSettings stream = read(settings(EXACTLY_ONCE_V2, true, Map.of()), folder);
    assertThat(stream.trendTopic()).isEqualTo(ChaosSettings.TRENDS);
    assertThat(stream.routes().get(0).trends())
        .isEqualTo(
            new TrendSettings(
                "key",
                new TrendRules(
                    ChaosSettings.WINDOWS, Duration.ofHours(1), 10_000, Optional.empty())));
    assertThat(stream.kafka()).containsEntry(SESSION, "6000");
  }

  @Test
  void trends_ofEventsThatMayBeDoubled_areRefused() {
    assertThatThrownBy(() -> settings(AT_LEAST_ONCE, true, Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("trends: ")
        .hasMessageContaining("exactly_once_v2 only");
  }

  private static ChaosSettings settings(Map<String, String> ofInstances) {
    return settings(EXACTLY_ONCE_V2, false, ofInstances);
  }

  private static ChaosSettings settings(
      ProcessingGuarantee guarantee, boolean trends, Map<String, String> ofInstances) {
    return new ChaosSettings(
        Duration.ofMinutes(1),
        1,
        100,
        8,
        guarantee,
        List.of(Path.of("a")),
        Set.of(),
        new Fleet(1, 3, false, ofInstances),
        trends,
        Path.of("data"));
  }

  private static StreamSettings read(ChaosSettings settings, Path folder) throws Exception {
    String text = settings.streamSettings("127.0.0.1:1,127.0.0.1:2", Path.of("/models/it's"));
    Path file = Files.writeString(folder.resolve("chaos.yaml"), text);
    return SettingsLoader.load(file, Map.of(), settings.fleet().settings());
  }
}
