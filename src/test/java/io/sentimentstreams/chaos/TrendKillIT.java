package io.sentimentstreams.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.audit.AuditReport;
import io.sentimentstreams.audit.AuditRequest;
import io.sentimentstreams.audit.AuditResult;
import io.sentimentstreams.audit.PartitionReport;
import io.sentimentstreams.audit.TopicAudit;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.stream.ProcessingGuarantee;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process of two is killed while it counts: what it kept in memory goes on in the other. */
final class TrendKillIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS = 1_000;
  private static final Path HOME = Path.of("").toAbsolutePath();

  private final Path folder;

  TrendKillIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void trends_ofAProcessThatIsKilled_areTheLabelledEvents() throws Exception {
    ChaosSettings settings = settings();
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
        ChaosTopics topics = new ChaosTopics(broker.bootstrapServers(), settings)) {
      String servers = broker.bootstrapServers();
      topics.create(Duration.ofMinutes(1));
      Files.writeString(config(), settings.streamSettings(servers, settings.models().get(0)));
      long begun = System.currentTimeMillis();
      try (ChildProcess killed = instance(0);
          ChildProcess other = instance(1);
          OutputWatch watch = watch(servers);
          Load load = new Load(servers, settings)) {
        awaitStart(killed);
        awaitStart(other);
        awaitOutputs(watch, EVENTS);
        killed.kill();
        awaitOutputs(watch, watch.outputs() + 2 * EVENTS);
        load.finish(Duration.ofMinutes(1));
        assertThat(other.isAlive()).isTrue();

        AuditReport events = audit().report();
        assertThat(events.sum(PartitionReport::labelled)).isGreaterThan(3 * EVENTS);
        assertThat(events.sum(PartitionReport::lost)).isZero();
        assertThat(events.sum(PartitionReport::doubled)).isZero();
        TrendReport trends = new TrendAudit(servers, begun, () -> false).run();
        assertThat(trends.isExact()).as("%s", trends).isTrue();
        assertThat(trends.counted()).isGreaterThan(EVENTS);
      }
    }
  }

  private ChaosSettings settings() {
    return new ChaosSettings(
        Duration.ofMinutes(1),
        1,
        500,
        PARTITIONS,
        ProcessingGuarantee.EXACTLY_ONCE_V2,
        List.of(HOME.resolve("models/tweets-conv1d")),
        Set.of(),
        new Fleet(1, 2, false, Map.of()),
        true,
        folder);
  }

  private Path config() {
    return folder.resolve("chaos.yaml");
  }

  private ChildProcess instance(int number) {
    return ChildProcess.start(
        HOME,
        folder.resolve("instance-%d.log".formatted(number)),
        512,
        List.of(
            "stream",
            "--config=" + config(),
            "--set=kafka.state.dir=" + folder.resolve("state-%d".formatted(number))));
  }

  private static OutputWatch watch(String servers) {
    return new OutputWatch(servers, PARTITIONS, new Recovery(PARTITIONS), InstantSource.system());
  }

  private static void awaitStart(ChildProcess instance) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> instance.hasSaid(FaultInjector.STARTED));
  }

  private static void awaitOutputs(OutputWatch watch, long outputs) {
    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> watch.outputs() >= outputs);
  }

  private AuditResult audit() throws InterruptedException {
    StreamSettings stream = SettingsLoader.load(config(), Map.of(), Map.of());
    return new TopicAudit(
            stream, AuditRequest.ofAll(Duration.ofMinutes(2), 10), records -> {}, () -> false)
        .run();
  }
}
