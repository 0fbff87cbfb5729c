package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.TopicCatalog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DoctorIT {
  private static final String NO_BROKER = "127.0.0.1:9";

  private final TestShell shell = new TestShell();

  @Test
  void doctor_withBrokerAndTopics_findsNothingThatFails(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      TestShell before = new TestShell();
      assertThat(run(before, broker.bootstrapServers())).isEqualTo(1);
      assertThat(before.out())
          .contains("fail  topic tweets ", "missing \u2014 ./sentiment topics apply, with the same")
          .doesNotContain("describe it in a file");

      BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
      assertThat(run(shell, broker.bootstrapServers())).as(shell.out()).isZero();
    }
    assertThat(shell.out())
        .contains("Java 1", "kernels for ", "backend compiled", "gpu ", "disk natives")
        .containsPattern(
            "ok    model of tweets +tweets-bilstm, version [0-9a-f]{12}, labels negative")
        .containsPattern("ok    broker +127.0.0.1:\\d+ answers in ")
        .containsPattern("ok    topic tweets +4 partitions, permitted: describe, read")
        .containsPattern("ok    topic tweets.sentiment +4 partitions, permitted: describe, write")
        .containsPattern("ok    group sentiment-streams +new");
  }

  @Test
  void doctor_withATopicThatNoFileDescribes_saysHowToMakeIt(@TempDir Path folder) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertThat(run(shell, broker.bootstrapServers(), "--set=routes.tweets.inputs=my.own"))
          .isEqualTo(1);
    }
    assertThat(shell.out())
        .containsPattern("fail  topic my.own +missing \u2014 describe it in a file in topics/");
  }

  @Test
  void doctor_withoutTheBrokerThatIsNamed_failsAndTellsTheRest() throws Exception {
    assertThat(run(shell, NO_BROKER, "--json", "--set=routes.tweets.model=no/such/model"))
        .isEqualTo(1);

    JsonNode report = new JsonMapper().readTree(shell.out());
    assertThat(report.path("status").asText()).isEqualTo("fail");
    assertThat(level(report, "broker")).isEqualTo("fail");
    assertThat(level(report, "model of tweets")).isEqualTo("fail");
    assertThat(level(report, "model of reviews")).isEqualTo("ok");
    assertThat(level(report, "jdk")).isNotEmpty();
  }

  private static String level(JsonNode report, String what) {
    for (JsonNode check : report.path("checks")) {
      if (check.path("what").asText().equals(what)) {
        return check.path("level").asText();
      }
    }
    throw new AssertionError("no check of " + what + " in " + report);
  }

  private static int run(TestShell shell, String bootstrapServers, String... more) {
    String[] arguments = new String[more.length + 3];
    arguments[0] = "doctor";
    arguments[1] = "--set=bootstrapServers=" + bootstrapServers;
    arguments[2] = "--set=http.port=0";
    System.arraycopy(more, 0, arguments, 3, more.length);
    return shell.run(arguments);
  }
}
