package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.DeadLetter;
import io.sentimentstreams.event.DeadLetterWriter;
import io.sentimentstreams.event.EventSource;
import io.sentimentstreams.event.Rejected;
import io.sentimentstreams.event.RejectionReason;
import io.sentimentstreams.event.TopicCatalog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The commands, one after the other, on one broker: each goes on with what the last one left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class DeadLettersIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String DEAD = "sentiment.dead-letters";
  private static final byte[] BINARY = {0x1B, (byte) 0xFF, 'x'};
  private static final long TIME = Instant.parse("2026-11-22T10:00:00Z").toEpochMilli();

  @SuppressWarnings("NullAway.Init") // set before all tests
  private EmbeddedBroker broker;

  @BeforeAll
  void fill(@TempDir Path folder) throws Exception {
    broker = EmbeddedBroker.start(folder, 0);
    BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
    DeadLetter.Header trace = DeadLetter.Header.of("trace", BINARY);
    List<byte[]> letters = new ArrayList<>();
    letters.add(
        letter("tweets", 0, 7, TIME, RejectionReason.INVALID_JSON, "{oops", List.of(trace)));
    letters.add(letter("tweets", 1, 8, TIME + 1, RejectionReason.EMPTY_TEXT, null, List.of()));
    letters.add("no letter at all".getBytes(UTF_8));
    letters.add(
        letter("tweets", 0, 9, TIME + 2, RejectionReason.INFERENCE_FAILED, "late", List.of()));
    letters.add(letter("gone", 0, 1, TIME, RejectionReason.INFERENCE_FAILED, "nowhere", List.of()));
    letters.add(
        letter("tweets", 0, 10, -1, RejectionReason.TEXT_TOO_LONG, "x".repeat(200), List.of()));
    send(letters);
  }

  @AfterAll
  void close() {
    broker.close();
  }

  @Test
  @Order(1)
  void list_withoutAFilter_showsALineALetter() {
    TestShell shell = run("list");

    assertThat(shell.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .containsExactly(
            "LETTER|TIME|REASON|ROUTE|EVENT|REPLAYED TO|DETAIL",
            "0:0|2026-11-22T10:00:00Z|invalid-json|tweets|tweets:0:7|-|why \\x1B[31m",
            "0:1|2026-11-22T10:00:00.001Z|empty-text|tweets|tweets:1:8|-|why \\x1B[31m",
            "0:2|-|(unreadable)|-|-|-|dead letter: invalid JSON",
            "0:3|2026-11-22T10:00:00.002Z|inference-failed|tweets|tweets:0:9|-|why \\x1B[31m",
            "0:4|2026-11-22T10:00:00Z|inference-failed|tweets|gone:0:1|-|why \\x1B[31m",
            "0:5|-|text-too-long|tweets|tweets:0:10|-|why \\x1B[31m");
    assertThat(shell.err())
        .isEqualTo(
            "6 letters: empty-text 1, inference-failed 2, invalid-json 1, text-too-long 1, unreadable 1%n"
                .formatted());
  }

  @Test
  @Order(1)
  void list_withFilters_showsWhatMatchesAll() {
    assertThat(places("--reason", "invalid-json,inference-failed")).containsExactly("0:0 0:3 0:4");
    assertThat(places("--topic", "tweets", "--since", "2026-11-22T10:00:00.001Z"))
        .containsExactly("0:1 0:3");
    assertThat(places("--route", "reviews")).containsExactly("");
    assertThat(places("--until", "2026-11-22T10:00:00.001Z")).containsExactly("0:0 0:4");
    assertThat(places("--limit", "2")).containsExactly("0:0 0:1");
  }

  @Test
  @Order(1)
  void list_ofARouteThatIsNone_isRefusedAndNamesThoseThereAre() {
    TestShell shell = new TestShell();
    assertThat(
            shell.run(
                "dead-letters",
                "list",
                "--route",
                "nosuch",
                "--set",
                "bootstrapServers=" + broker.bootstrapServers()))
        .isEqualTo(ExitCode.USAGE);
    assertThat(shell.err())
        .isEqualTo("sentiment: route \"nosuch\": there is none; there are reviews, tweets\n");
  }

  private List<String> places(String... filter) {
    List<String> arguments = new ArrayList<>(List.of("list", "--json"));
    arguments.addAll(List.of(filter));
    List<String> places = new ArrayList<>();
    run(arguments.toArray(String[]::new)).out().lines().forEach(line -> places.add(place(line)));
    return List.of(String.join(" ", places));
  }

  private static String place(String line) {
    JsonNode letter = json(line).path("letter");
    return letter.path("partition").asInt() + ":" + letter.path("offset").asLong();
  }

  @Test
  @Order(1)
  void show_ofALetter_decodesItsEvent() {
    String page = run("show", "0:0").out();

    assertThat(page)
        .contains("letter        0:0 of sentiment.dead-letters\n")
        .contains("event         tweets:0:7\n")
        .contains("key           k7\n")
        .contains("header        trace = \\x1B\\xFFx\n")
        .endsWith("\nvalue (5 bytes)\n{oops\n");
    assertThat(run("show", "tweets:0:7").out()).isEqualTo(page);
    assertThat(run("show", "0:0", "--value").out()).isEqualTo("{oops");
    assertThat(json(run("show", "0:0", "--json").out()).path("value").path("utf8").asText())
        .isEqualTo("{oops");
    assertThat(run("show", "0:1").out()).endsWith("\nvalue: null, a tombstone\n");
    assertThat(run("show", "0:5").out()).contains("value (the first 100 of 200 bytes)\n");
  }

  @Test
  @Order(1)
  void show_ofWhatIsNotThere_saysSo() {
    for (String place : List.of("0:99", "9:0", "tweets:3:3")) {
      TestShell shell = new TestShell();
      assertThat(shell.run(arguments("show", place))).isEqualTo(2);
      assertThat(shell.err()).contains("holds no letter", place).hasLineCount(1);
    }
    TestShell shell = new TestShell();
    assertThat(shell.run(arguments("show", "0:2"))).isEqualTo(2);
    assertThat(shell.err()).contains("cannot be read: dead letter: invalid JSON").hasLineCount(1);
  }

  @Test
  @Order(2)
  void replay_asATrial_sendsNothing() throws Exception {
    JsonNode told = replay("--dry-run");

    assertThat(told.path("dryRun").asBoolean()).isTrue();
    assertThat(told.path("replayed").asInt()).isEqualTo(3);
    assertThat(read("tweets", 0)).isEmpty();
    assertThat(replay("--dry-run").path("replayed").asInt()).isEqualTo(3);
  }

  @Test
  @Order(3)
  void replay_ofLetters_sendsTheirEventsAsTheyWere() {
    JsonNode told = replay("--reason", "invalid-json");
    ConsumerRecord<byte[], byte[]> event = read("tweets", 1).get(0);

    assertThat(told.path("replayed").asInt()).isEqualTo(1);
    assertThat(event.key()).isEqualTo("k7".getBytes(UTF_8));
    assertThat(event.value()).isEqualTo("{oops".getBytes(UTF_8));
    assertThat(event.timestamp()).isEqualTo(TIME);
    assertThat(event.partition()).isZero();
    assertThat(event.headers().toArray()).hasSize(2);
    assertThat(event.headers().lastHeader("trace").value()).isEqualTo(BINARY);
    assertThat(TestTopics.header(event, "sentiment.replay.count")).isEqualTo("1");
  }

  @Test
  @Order(4)
  void replay_ofAll_sendsTheOthersAndTellsWhatCannotBe() {
    assertThat(replay("--limit", "1").path("replayed").asInt()).isEqualTo(1);
    JsonNode told = replay();

    assertThat(told.path("replayed").asInt()).isEqualTo(1);
    assertThat(told.path("replayedBefore").asInt()).isEqualTo(2);
    assertThat(told.path("unreadable").asInt()).isEqualTo(1);
    assertThat(told.path("cannotBeReplayed").path("cutOff").asInt()).isEqualTo(1);
    assertThat(told.path("cannotBeReplayed").path("noTopic").asInt()).isEqualTo(1);
    assertThat(read("tweets", 3)).hasSize(3);
    assertThat(run("list", "--reason", "invalid-json").out()).containsPattern("tweets:0:7 +tweets");
  }

  @Test
  @Order(5)
  void replay_onceMore_sendsNothing() {
    JsonNode told = replay();

    assertThat(told.path("replayed").asInt()).isZero();
    assertThat(told.path("replayedBefore").asInt()).isEqualTo(3);
    assertThat(read("tweets", 3)).hasSize(3);
  }

  @Test
  @Order(6)
  void replay_toAnotherTopic_mindsItsLimits() throws Exception {
    configure("reviews", "retention.ms", "1000");
    JsonNode old = replay("--to", "reviews", "--reason", "invalid-json");
    assertThat(old.path("cannotBeReplayed").path("tooOld").asInt()).isEqualTo(1);

    JsonNode now = replay("--to", "reviews", "--reason", "invalid-json", "--now");
    assertThat(now.path("replayed").asInt()).isEqualTo(1);
    assertThat(read("reviews", 1).get(0).timestamp()).isGreaterThan(TIME);

    configure("reviews", "max.message.bytes", "100");
    JsonNode large = replay("--to", "reviews", "--reason", "inference-failed", "--now");
    assertThat(large.path("cannotBeReplayed").path("tooLarge").asInt()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void replay_toWhatCannotBe_isOneLine() {
    for (String to : List.of(DEAD, DEAD + ".replays", "tweets.sentiment", "no-such-topic")) {
      TestShell shell = new TestShell();
      assertThat(shell.run(arguments("replay", "--to", to))).isEqualTo(2);
      assertThat(shell.err()).startsWith("sentiment: --to " + to).hasLineCount(1);
    }
  }

  @Test
  @Order(7)
  void ledger_thatWouldForget_isRefused() throws Exception {
    configure(DEAD + ".replays", "cleanup.policy", "compact,delete");
    TestShell shell = new TestShell();

    assertThat(shell.run(arguments("replay"))).isEqualTo(2);
    assertThat(shell.err()).contains("sentiment.dead-letters.replays: cleanup.policy");
  }

  @Test
  void topic_thatIsMissing_isNamed() {
    TestShell shell = new TestShell();

    assertThat(shell.run(arguments("list", "--set", "deadLetterTopic=other"))).isEqualTo(2);
    assertThat(shell.err()).contains("deadLetterTopic: \"other\" does not exist").hasLineCount(1);
  }

  private JsonNode replay(String... options) {
    List<String> arguments = new ArrayList<>(List.of("replay", "--json"));
    arguments.addAll(List.of(options));
    return json(run(arguments.toArray(String[]::new)).out());
  }

  private TestShell run(String... arguments) {
    TestShell shell = new TestShell();
    assertThat(shell.run(arguments(arguments))).as(shell.err()).isZero();
    return shell;
  }

  private String[] arguments(String... arguments) {
    List<String> all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--set", "bootstrapServers=" + broker.bootstrapServers()));
    return all.toArray(String[]::new);
  }

  private static JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (java.io.IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
    return TestTopics.read(broker.bootstrapServers(), atLeast, topic);
  }

  private void configure(String topic, String key, String value) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
      AlterConfigOp set = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all().get();
    }
  }

  private void send(List<byte[]> letters) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (byte[] letter : letters) {
        producer.send(new ProducerRecord<>(DEAD, 0, null, null, letter)).get();
      }
    }
  }

  private static byte[] letter(
      String topic,
      int partition,
      long offset,
      long timestamp,
      RejectionReason reason,
      @Nullable String value,
      List<DeadLetter.Header> headers) {
    DeadLetter letter =
        DeadLetter.of(
            new Rejected(reason, "why \u001b[31m"),
            "tweets",
            new EventSource(topic, partition, offset, timestamp),
            ("k" + offset).getBytes(UTF_8),
            value == null ? null : value.getBytes(UTF_8),
            headers);
    return new DeadLetterWriter(100).write(letter);
  }
}
