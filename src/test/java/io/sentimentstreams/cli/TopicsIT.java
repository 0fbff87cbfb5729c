package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code sentiment topics} against a broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TopicsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private EmbeddedBroker broker;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private Admin admin;

  @BeforeAll
  void start(@TempDir Path folder) {
    broker = EmbeddedBroker.start(folder, 0);
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  void close() {
    admin.close();
    broker.close();
  }

  @Test
  void shippedTopics_onAnEmptyBroker_areMadeOnceAndThenAsDescribed() throws Exception {
    TestShell before = new TestShell();
    assertThat(run(before, "plan")).isEqualTo(ExitCode.DIFFERENT);
    assertThat(before.out())
        .contains("create     tweets.sentiment", "4 partitions, 1 replica, cleanup.policy=delete")
        .contains("no topics as described, 10 differences");
    assertThat(admin.listTopics().names().get()).doesNotContain("tweets.sentiment");

    TestShell apply = new TestShell();
    assertThat(run(apply, "apply")).as(apply.err()).isZero();
    assertThat(apply.out()).contains("10 topics as described, no differences left");

    TestShell after = new TestShell();
    assertThat(run(after, "plan")).as(after.out()).isZero();
    assertThat(after.out()).isEqualToIgnoringNewLines("10 topics as described, no differences");
    TestShell again = new TestShell();
    assertThat(run(again, "apply", "--json")).isZero();
    assertThat(JSON.readTree(again.out()).get("done")).isEmpty();
  }

  @Test
  void topics_thatHaveDrifted_areMendedAsFarAsIsAllowed(@TempDir Path folder) throws Exception {
    describe(folder, "drift.a", 2, "retention.ms: -1");
    describe(folder, "drift.b", 1, "max.message.bytes: 2000000");
    String topics = "--topics=" + folder;
    assertThat(run(new TestShell(), "apply", topics)).isZero();
    set("drift.a", "segment.ms", "3600000");
    set("drift.b", "retention.ms", "-1");
    set("drift.b", "max.message.bytes", "1000000");
    make("drift.old", "drift.b-changelog", "_drift.internal");
    describe(folder, "drift.a", 3, "retention.ms: -1");

    TestShell careful = new TestShell();
    assertThat(run(careful, "apply", topics)).isEqualTo(ExitCode.FAILED);
    assertThat(careful.out())
        .contains("segment.ms: 3600000 -> the broker's default")
        .contains("max.message.bytes: 1000000 -> 2000000")
        .contains("left as is: partitions drift.a", "2 -> 3 (stays: ", "--allow-partitions")
        .contains("left as is: config     drift.b", "--allow-delete drift.b lets it")
        .doesNotContain("drift.old");
    assertThat(partitions("drift.a")).isEqualTo(2);

    TestShell plan = new TestShell();
    String[] all = {topics, "--allow-partitions", "--allow-delete=drift.*,_drift.internal"};
    assertThat(run(plan, Stream.concat(Stream.of("plan", "--json"), Stream.of(all))))
        .isEqualTo(ExitCode.DIFFERENT);
    JsonNode differences = JSON.readTree(plan.out()).get("differences");
    assertThat(differences)
        .extracting(difference -> difference.get("topic").textValue())
        .containsExactly("drift.a", "drift.b", "drift.old");
    assertThat(differences).noneMatch(difference -> difference.has("stays"));

    TestShell bold = new TestShell();
    assertThat(run(bold, Stream.concat(Stream.of("apply"), Stream.of(all))))
        .as(bold.out() + bold.err())
        .isZero();
    assertThat(partitions("drift.a")).isEqualTo(3);
    assertThat(admin.listTopics().names().get())
        .doesNotContain("drift.old")
        .contains("drift.b-changelog", "_drift.internal");
  }

  @Test
  void changes_thatTheBrokerRefuses_leaveAllAsItWas(@TempDir Path folder) throws Exception {
    describe(folder, "refused.a", 1, "retention.ms: -1");
    describe(folder, "refused.b", 1, "retention.mss: 7");

    TestShell shell = new TestShell();
    assertThat(run(shell, "apply", "--topics=" + folder)).isEqualTo(ExitCode.USAGE);

    assertThat(shell.err().lines().filter(line -> line.startsWith("sentiment: ")))
        .singleElement()
        .asString()
        .contains("topic refused.b: ", "retention.mss");
    assertThat(admin.listTopics().names().get()).doesNotContain("refused.a", "refused.b");
  }

  @Test
  void plan_thatTheBrokerWouldRefuse_isShownAndRefused(@TempDir Path folder) throws Exception {
    describe(folder, "planned.a", 1, "retention.ms: soon");

    TestShell shell = new TestShell();
    int status = run(shell, "plan", "--topics=" + folder, "--allow-delete=nowhere,neither*");
    assertThat(status).isEqualTo(ExitCode.USAGE);

    assertThat(shell.out()).containsPattern("create +planned.a +1 partition");
    assertThat(shell.err())
        .contains("the broker has no topic named nowhere", "the broker has no topic named neither*")
        .containsPattern(
            "sentiment: topic planned.a: the broker refuses what its file says: .*soon");
    assertThat(admin.listTopics().names().get()).doesNotContain("planned.a");
  }

  @Test
  void broker_thatDoesNotAnswer_isNamedInOneLine() {
    TestShell shell = new TestShell();

    int status =
        shell.run(
            "topics",
            "plan",
            "--set=bootstrapServers=127.0.0.1:1",
            "--set=kafka.default.api.timeout.ms=500",
            "--set=kafka.request.timeout.ms=500");

    assertThat(status).isEqualTo(ExitCode.USAGE);
    assertThat(shell.err()).contains("no broker answers at 127.0.0.1:1");
  }

  private static void describe(Path folder, String name, int partitions, String setting)
      throws IOException {
    Files.writeString(
        folder.resolve(name + ".yaml"),
        """
        apiVersion: kafka.strimzi.io/v1
        kind: KafkaTopic
        metadata:
          name: %s
          annotations:
            sentiment-streams.io/owner: tests
            sentiment-streams.io/description: for a test
        spec:
          partitions: %d
          replicas: 1
          config:
            %s
        """
            .formatted(name, partitions, setting));
  }

  private void set(String topic, String key, String value) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
  }

  private void make(String... topics) throws Exception {
    admin
        .createTopics(Stream.of(topics).map(name -> new NewTopic(name, 1, (short) 1)).toList())
        .all()
        .get();
  }

  private int partitions(String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .topicNameValues()
        .values()
        .iterator()
        .next()
        .get()
        .partitions()
        .size();
  }

  private int run(TestShell shell, Stream<String> arguments) {
    return run(shell, arguments.toArray(String[]::new));
  }

  private int run(TestShell shell, String... arguments) {
    return shell.run(
        Stream.of(
                Stream.of("topics"),
                Stream.of(arguments),
                Stream.of("--set=bootstrapServers=" + broker.bootstrapServers()))
            .flatMap(part -> part)
            .toArray(String[]::new));
  }
}
