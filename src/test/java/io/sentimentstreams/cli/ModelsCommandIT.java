package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.TopicCatalog;
import io.sentimentstreams.stream.SettingsLoader;
import io.sentimentstreams.stream.StreamRunner;
import io.sentimentstreams.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sentiment models} against a broker and a stream with shipped models. */
final class ModelsCommandIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private String servers = "";

  ModelsCommandIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void models_ofARunningStream_areActivatedListedAndTakenBack() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      servers = broker.bootstrapServers();
      BrokerTopics.createMissing(servers, TopicCatalog.read(Path.of("topics")));

      TestShell nobody = new TestShell();
      assertThat(run(nobody, "activate", "tweets", "models/tweets-conv1d", "--wait", "--timeout=1"))
          .isEqualTo(ExitCode.FAILED);
      assertThat(nobody.out()).contains("No instance of the stream reports on this route.");

      try (StreamRunner stream = StreamRunner.of(settings(), new SimpleMeterRegistry())) {
        stream.start();
        requireActivationsOf(stream);
      }
    }
  }

  private void requireActivationsOf(StreamRunner stream) throws IOException {
    assertThat(ofTheInstance().get("model").textValue())
        .as("what was activated before the start")
        .isEqualTo("tweets-conv1d");

    TestShell good = new TestShell();
    assertThat(run(good, "activate", "tweets", "models/tweets-bilstm", "--wait"))
        .as(good.out() + good.err())
        .isZero();
    assertThat(good.out()).contains(": uses it (tweets-bilstm, version ");

    TestShell damaged = new TestShell();
    String copy = damagedCopy().toString();
    assertThat(
            run(
                damaged,
                "activate",
                "tweets",
                "models/tweets-conv1d",
                "--seen-as=" + copy,
                "--wait",
                "--json"))
        .isEqualTo(ExitCode.FAILED);
    JsonNode refused = JSON.readTree(damaged.out()).at("/instances/0");
    assertThat(refused.get("answer").textValue()).isEqualTo("refused");
    assertThat(refused.get("refusal").textValue())
        .contains("weights.safetensors: has ", "the file is damaged");
    assertThat(refused.get("model").textValue()).isEqualTo("tweets-bilstm");
    assertThat(stream.live().isUp()).isTrue();

    TestShell typo = new TestShell();
    String nowhere = folder.resolve("typo").toString();
    assertThat(
            run(
                typo,
                "activate",
                "tweets",
                "models/tweets-bilstm",
                "--seen-as=" + nowhere,
                "--wait"))
        .as("in use, but not from there: the next start would fail")
        .isEqualTo(ExitCode.FAILED);
    assertThat(typo.out()).contains("refuses it: model " + nowhere);

    TestShell otherLabels = new TestShell();
    assertThat(run(otherLabels, "activate", "tweets", "models/reviews-conv1d"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(otherLabels.err())
        .contains("its labels are negative, positive, but those of", "--other-labels");

    TestShell back = new TestShell();
    assertThat(run(back, "deactivate", "tweets", "--wait")).as(back.err()).isZero();
    assertThat(ofTheInstance().get("model").textValue()).isEqualTo("tweets-bilstm");
    TestShell table = new TestShell();
    assertThat(run(table, "list")).isZero();
    assertThat(table.out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("tweets ") && line.endsWith("as asked for"))
        .anyMatch(line -> line.startsWith("reviews ") && line.endsWith("as in the settings"));
  }

  @Test
  void models_ofWhatIsNotThere_areOneLine() throws Exception {
    TestShell bundle = new TestShell();
    assertThat(run(bundle, "activate", "tweets", folder.resolve("none").toString()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(bundle.err()).startsWith("sentiment: model ").contains("none: does not exist");

    TestShell route = new TestShell();
    assertThat(run(route, "deactivate", "twets")).isEqualTo(ExitCode.USAGE);
    assertThat(route.err())
        .isEqualTo("sentiment: route \"twets\": there is none; there are reviews, tweets\n");
  }

  /** What the only instance says of the route. */
  private JsonNode ofTheInstance() throws IOException {
    TestShell list = new TestShell();
    assertThat(run(list, "list", "--json")).as(list.err()).isZero();
    JsonNode instances = JSON.readTree(list.out()).get("instances");
    assertThat(instances).hasSize(1);
    assertThat(instances.get(0).get("alive").booleanValue()).isTrue();
    return instances.get(0).at("/routes/tweets");
  }

  private Path damagedCopy() throws IOException {
    Path copy = Files.createDirectory(folder.resolve("damaged"));
    try (Stream<Path> files = Files.list(Path.of("models/tweets-conv1d"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Files.write(copy.resolve("weights.safetensors"), new byte[] {0}, StandardOpenOption.APPEND);
    return copy;
  }

  private StreamSettings settings() {
    return SettingsLoader.load(
        null,
        Map.of(),
        Map.of(
            "bootstrapServers",
            servers,
            "http.port",
            "0",
            "kafka.state.dir",
            folder.resolve("state").toString()));
  }

  private int run(TestShell shell, String... arguments) {
    return shell.run(
        Stream.concat(
                Stream.concat(Stream.of("models"), Stream.of(arguments)),
                servers.isEmpty()
                    ? Stream.empty()
                    : Stream.of("--set", "bootstrapServers=" + servers))
            .toArray(String[]::new));
  }
}
