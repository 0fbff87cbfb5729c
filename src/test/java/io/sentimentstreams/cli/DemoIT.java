package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.RecordHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a user starts it, with the shipped samples and topics and a tiny model. */
final class DemoIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Path SCHEMAS = Path.of("topics", "schemas");

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private static Path home;

  @SuppressWarnings("NullAway.Init") // JUnit sets it
  @TempDir
  private Path folder;

  private TestShell shell = new TestShell();

  @BeforeAll
  static void makeProject() throws IOException {
    TinyModel.train(TinyModel.data(home), home.resolve("models/tweets-bilstm"));
    copy(home.resolve("models/tweets-bilstm"), home.resolve("models/reviews-bilstm"));
    copy(Path.of("topics"), home.resolve("topics"));
  }

  @BeforeEach
  void useProject() {
    shell.withHome(home);
  }

  @Test
  void samples_onceAndOnceMoreOnTheSameData_areAllAccountedFor() throws IOException {
    JsonNode first = demo("--json");
    shell = new TestShell().withHome(home);
    JsonNode second = demo("--json");

    List<DemoEvent> samples = Samples.all();
    for (JsonNode summary : List.of(first, second)) {
      assertThat(summary.path("in").asInt()).isEqualTo(samples.size());
      requireBalance(summary);
      assertThat(summary.path("deadLettered").asInt()).isEqualTo(12);
      assertThat(summary.path("seconds").asDouble()).isPositive();
      assertThat(summary.path("rowsPerSecond").asDouble()).isPositive();
    }
    requireTopics(2 * samples.size(), samples);
  }

  /** The records of both runs, read from the data that the demo left. */
  private void requireTopics(int events, List<DemoEvent> samples) throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      List<ConsumerRecord<byte[], byte[]>> records =
          TestTopics.read(
              broker.bootstrapServers(),
              events,
              "tweets.sentiment",
              "reviews.sentiment",
              "sentiment.dead-letters");
      assertThat(records).hasSize(events);
      JsonSchema labelled = schema("labelled-event");
      JsonSchema deadLetter = schema("dead-letter");
      for (ConsumerRecord<byte[], byte[]> record : records) {
        boolean dead = record.topic().equals("sentiment.dead-letters");
        requireValid(dead ? deadLetter : labelled, record.value());
      }
      assertThat(records)
          .extracting(record -> new String(record.key(), UTF_8))
          .containsExactlyInAnyOrderElementsOf(
              Stream.concat(samples.stream(), samples.stream()).map(DemoEvent::key).toList());
      assertThat(records)
          .filteredOn(record -> record.topic().equals("tweets.sentiment"))
          .allMatch(
              record -> TestTopics.header(record, RecordHeaders.SOURCE_TOPIC).equals("tweets"))
          .extracting(record -> JSON.readTree(record.value()).path("text").asText())
          .doesNotContain("");
    }
  }

  @Test
  void inputSamples_ofTheProject_fitTheirSchema() throws IOException {
    JsonSchema input = schema("input-event");

    for (DemoEvent event : Samples.all()) {
      if (event.value() != null && event.key().matches("[tr]-.*")) {
        requireValid(input, event.value());
      }
    }
  }

  @Test
  void usersTable_onARoute_isSentWithItsIds() throws IOException {
    Path table =
        Files.writeString(
            home.resolve("mine.csv"),
            "id,body\n7,great happy day\n8, \n9,\"awful, sad\nand broken\"\n");

    JsonNode summary = demo("--json", "--input=" + table, "--text-column=body", "--route=reviews");

    assertThat(summary.path("in").asInt()).isEqualTo(3);
    assertThat(summary.path("deadLettered").asInt()).isEqualTo(1);
    assertThat(summary.path("labels").path("positive").asInt()).isEqualTo(1);
    assertThat(summary.path("labels").path("negative").asInt()).isEqualTo(1);
    assertThat(shell.err()).contains("positive", "great happy day", "dead letter", "empty-text");
  }

  @Test
  void usersJsonLines_withAnotherField_areSentAsTheyAre() throws IOException {
    Path lines =
        Files.writeString(
            home.resolve("mine.jsonl"),
            """
            {"user":{"says":"great lovely"}}
            {"user":"none"}
            broken
            """);

    JsonNode summary = demo("--json", "--input=" + lines, "--text-column=/user/says");

    assertThat(summary.path("in").asInt()).isEqualTo(3);
    assertThat(summary.path("out").asInt()).isEqualTo(1);
    requireBalance(summary);
    assertThat(shell.err()).contains("name the field that holds it with --text-column");
  }

  @Test
  void demo_withoutOnce_runsUntilStopped() throws Exception {
    CompletableFuture<Integer> status =
        CompletableFuture.supplyAsync(
            () -> shell.run("demo", "--rate=200", "--data-dir=" + folder, "--http-port=0"));
    Awaitility.await().atMost(2, TimeUnit.MINUTES).until(() -> shownTwice() || status.isDone());

    assertThat(shell.interrupt()).isTrue();

    assertThat(status.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();
    assertThat(shell.out())
        .contains(
            "Metrics: http://127.0.0.1:",
            "Stopping when",
            "in 30 s (closeTimeout)",
            "events in",
            "dead-lettered")
        .doesNotContain("\033");
    assertThat(shell.err()).isEmpty();
  }

  @Test
  void readerThatHasGone_ofTheOutput_endsTheDemoQuietly() {
    shell.withBrokenPipe();

    assertThat(shell.run("demo", "--rate=200", "--data-dir=" + folder, "--http-port=0")).isZero();

    assertThat(shell.err()).isEmpty();
  }

  @Test
  void model_missing_isOneLine() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    copy(Path.of("topics"), empty.resolve("topics"));
    shell.withHome(empty);

    assertThat(shell.run("demo", "--once", "--http-port=0")).isEqualTo(2);

    assertThat(shell.err().lines()).hasSize(1);
    assertThat(shell.err())
        .startsWith("sentiment: ")
        .contains("models/", "-bilstm", "does not exist");
  }

  private JsonNode demo(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("demo", "--once", "--rate=max", "--data-dir=" + folder, "--http-port=0"));
    arguments.addAll(List.of(more));
    assertThat(shell.run(arguments.toArray(String[]::new))).as(shell.err()).isZero();
    assertThat(shell.out().lines()).hasSize(1);
    return JSON.readTree(shell.out());
  }

  private static void requireBalance(JsonNode summary) {
    assertThat(summary.path("out").asInt() + summary.path("deadLettered").asInt())
        .isEqualTo(summary.path("in").asInt());
    int labels = 0;
    for (JsonNode count : summary.path("labels")) {
      labels += count.asInt();
    }
    assertThat(labels).isEqualTo(summary.path("out").asInt());
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMAS.resolve(name + ".schema.json")));
  }

  private static void requireValid(JsonSchema schema, byte[] json) {
    String text = new String(json, UTF_8);
    assertThat(
            schema.validate(
                text,
                InputFormat.JSON,
                context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
        .as(text)
        .isEmpty();
  }

  /** Whether the samples have begun anew. */
  private boolean shownTwice() {
    String first = "Funicular up";
    return shell.out().indexOf(first) != shell.out().lastIndexOf(first);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (!Files.isDirectory(file)) {
          Files.copy(file, target);
        }
      }
    }
  }
}
