package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against topics that a test filled by hand, as a good or a faulty stream would. */
final class VerifyIT {
  private static final String INPUT = "tweets";
  private static final String OUTPUT = "tweets.sentiment";
  private static final String DEAD = "sentiment.dead-letters";
  private static final String GROUP = "sentiment-streams";

  private final EmbeddedBroker broker;
  private final Admin admin;
  private final KafkaProducer<byte[], byte[]> producer;
  private final TestShell shell = new TestShell();

  VerifyIT(@TempDir Path folder) {
    broker = EmbeddedBroker.start(folder, 0);
    Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
    admin = Admin.create(config);
    producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  @BeforeEach
  void createTopics() throws Exception {
    create(2, INPUT, OUTPUT, "reviews", "reviews.sentiment");
    create(1, DEAD);
  }

  @AfterEach
  void close() {
    producer.close();
    admin.close();
    broker.close();
  }

  @Test
  void verify_ofAGoodStream_isInBalance() throws Exception {
    events(0, 5);
    send(INPUT, 0, null); // a tombstone
    events(1, 3);
    labelled(0, 0, 1, 3, 4);
    letters(0, 2, 5);
    labelled(1, 0, 1, 2);
    commit(6, 3);

    JsonNode json = verify(0);

    assertThat(json.path("verdict").asText()).isEqualTo("balanced");
    assertThat(json.path("events").asLong()).isEqualTo(9);
    assertThat(json.path("labelled").asLong()).isEqualTo(7);
    assertThat(json.path("deadLettered").asLong()).isEqualTo(2);
    assertThat(json.path("partitions")).hasSize(4);
    assertThat(shell.err())
        .contains("tweets-0")
        .contains("balanced: 9 events, each with one outcome, in order");
  }

  @Test
  void verify_ofAFaultyStream_listsEachFault() throws Exception {
    events(0, 6);
    labelled(0, 0, 3, 2, 3);
    letters(0, 0);
    labelled(0, 9);
    send(OUTPUT, 0, "of somebody else");
    commit(4, 0);

    JsonNode json = verify(1, "--wait=0s");

    assertThat(json.path("verdict").asText()).isEqualTo("unbalanced");
    assertThat(json.path("lost").asLong()).isEqualTo(1);
    assertThat(json.at("/examples/lost/0").asText()).isEqualTo("tweets-0@1");
    assertThat(json.path("doubled").asLong()).isEqualTo(2);
    assertThat(json.at("/examples/doubled/0").asText())
        .isEqualTo("tweets-0@3 in tweets.sentiment-0@1 and tweets.sentiment-0@3");
    assertThat(json.path("outOfOrder").asLong()).isEqualTo(1);
    assertThat(json.path("pending").asLong()).isEqualTo(2);
    assertThat(json.path("foreign").path(OUTPUT).asLong()).isEqualTo(1);
    assertThat(shell.err())
        .contains("unbalanced")
        .contains("not of this stream")
        .containsPattern("out of order +without event +pending +expired")
        .doesNotContain("has committed no offsets");

    JsonNode wrong = verify(1, "--wait=0s", "--set=applicationId=wrong");
    assertThat(wrong.path("idleGroup").asText()).isEqualTo("wrong");
    assertThat(shell.err()).contains("group wrong has committed no offsets of these inputs");
  }

  @Test
  void verify_ofOutputsThatNameNoEvent_namesThemAlone() throws Exception {
    labelled(1, 0); // of an empty partition
    assertThat(verify(1, "--route=tweets").path("withoutEvent").asLong()).isEqualTo(1);

    events(0, 3);
    labelled(0, 99_999_999, 0, 1, 2);
    labelled(5, 0);
    commit(3, 0);
    JsonNode json = verify(1);
    assertThat(json.path("verdict").asText()).isEqualTo("unbalanced");
    assertThat(json.path("outOfOrder").asLong()).isZero();
    assertThat(json.at("/examples/withoutEvent").toString())
        .contains(
            "tweets-0@99999999 in tweets.sentiment-0@0",
            "tweets-1@0 in tweets.sentiment-1@0",
            "tweets-5@0 in tweets.sentiment-1@1");
  }

  @Test
  void verify_ofAStreamThatIsBehind_waitsForIt() throws Exception {
    events(0, 3);
    labelled(0, 0);
    commit(1, 0);
    assertThat(verify(1, "--wait=0s").path("verdict").asText()).isEqualTo("behind");

    CompletableFuture<JsonNode> audit =
        CompletableFuture.supplyAsync(() -> verify(0, "--wait=60s"));
    Awaitility.await().during(Duration.ofSeconds(1)).until(() -> !audit.isDone());
    labelled(0, 1, 2);
    commit(3, 0);
    assertThat(audit.get().path("verdict").asText()).isEqualTo("balanced");
  }

  @Test
  void verify_ofARange_leavesTheRestOut() throws Exception {
    events(0, 10);
    labelled(0, 3, 4, 4, 5, 6, 8);
    commit(10, 0);

    JsonNode json = verify(0, "--from=tweets-0=5", "--to=tweets-0=7", "--route=tweets");

    assertThat(json.path("events").asLong()).isEqualTo(2);
    assertThat(json.at("/partitions/0/from").asLong()).isEqualTo(5);
    assertThat(json.at("/partitions/0/to").asLong()).isEqualTo(7);
    assertThat(verify(0, "--since=2100-01-01T00:00:00Z").path("events").asLong()).isZero();
    assertThat(verify(1, "--since=1h").path("lost").asLong()).isEqualTo(5);
  }

  /** The markers of transactions take offsets, too; aborted events are none. */
  @Test
  void verify_ofTransactionalInputs_countsCommittedOnes() throws Exception {
    try (KafkaProducer<byte[], byte[]> transactional =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(), "transactional.id", "test-events"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      transactional.initTransactions();
      for (boolean committed : new boolean[] {true, false, true}) {
        transactional.beginTransaction();
        for (int i = 0; i < 2; i++) {
          transactional.send(new ProducerRecord<>(INPUT, 0, null, "{}".getBytes(UTF_8))).get();
        }
        if (committed) {
          transactional.commitTransaction();
        } else {
          transactional.abortTransaction();
        }
      }
    }
    labelled(0, 0, 1, 6, 7); // 2 is a marker; 3 and 4 were aborted, 5 is the marker of it
    commit(8, 0);
    assertThat(verify(0).path("events").asLong()).isEqualTo(4);

    // A stream that is told so sees the others, too.
    String atLeastOnce = "--set=processingGuarantee=at_least_once";
    assertThat(verify(0, atLeastOnce).path("events").asLong()).isEqualTo(4);
    JsonNode uncommitted =
        verify(1, atLeastOnce, "--set=kafka.main.consumer.isolation.level=read_uncommitted");
    assertThat(uncommitted.path("events").asLong()).isEqualTo(6);
    assertThat(uncommitted.at("/examples/lost").toString())
        .isEqualTo("[\"tweets-0@3\",\"tweets-0@4\"]");
  }

  @Test
  void verify_whereRetentionTookBeginnings_tellsItAndCallsItNoLoss() throws Exception {
    events(0, 6);
    labelled(0, 0, 1, 2, 3, 4, 5);
    commit(6, 0);
    delete(INPUT, 2);
    JsonNode inputs = verify(0);
    assertThat(inputs.path("retention").path("tweets-0").asLong()).isEqualTo(2);
    assertThat(inputs.path("events").asLong()).isEqualTo(4);

    delete(OUTPUT, 4);
    JsonNode outputs = verify(0);
    assertThat(outputs.path("expired").asLong()).isEqualTo(2);
    assertThat(outputs.path("trimmed").get(0).asText()).isEqualTo("tweets.sentiment-0");
    assertThat(shell.err()).contains("may have had one in the beginning of");
  }

  @Test
  void verify_ofWhatIsNotThere_isOneLine() {
    refused("--route=news");
    assertThat(shell.err()).contains("route: no \"news\" in the settings; there are: ");
    refused("--set=routes.tweets.inputs=nothing");
    assertThat(shell.err()).contains("topics missing at").contains(": nothing;");
    refused("--from=tweets-7=1");
    assertThat(shell.err()).contains("tweets-7 is no partition of the audited input topics");
    refused("--from=tweets=1");
    assertThat(shell.err()).contains("'tweets' is no partition: give topic and number");
    refused("--from=tweets-0=-1");
    assertThat(shell.err()).contains("--from").contains("'-1' is no offset: give 0 or more");
    refused("--examples=-1");
    assertThat(shell.err()).contains("--examples").contains("'-1' is no count: give 0 or more");
    refused("--to=tweets-0=1");
    assertThat(shell.err()).contains("tweets-0=1, but the partition ends at 0");
  }

  private void refused(String option) {
    assertThat(run(option)).isEqualTo(ExitCode.USAGE);
  }

  /** Runs the command; its last line. */
  private JsonNode verify(int status, String... more) {
    assertThat(run(more)).as(shell.err()).isEqualTo(status);
    List<String> lines = shell.out().lines().toList();
    try {
      return new JsonMapper().readTree(lines.get(lines.size() - 1));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private int run(String... more) {
    List<String> arguments = new ArrayList<>(List.of("verify", "--json"));
    arguments.add("--set=bootstrapServers=" + broker.bootstrapServers());
    arguments.addAll(List.of(more));
    return shell.run(arguments.toArray(String[]::new));
  }

  private void create(int partitions, String... names) throws Exception {
    List<NewTopic> topics =
        Arrays.stream(names).map(name -> new NewTopic(name, partitions, (short) 1)).toList();
    BrokerTopics.create(admin, topics);
  }

  private void events(int partition, int count) {
    for (int i = 0; i < count; i++) {
      send(INPUT, partition, "{\"text\":\"good\"}");
    }
  }

  private void send(String topic, int partition, @Nullable String value) {
    write(
        new ProducerRecord<>(topic, partition, null, value == null ? null : value.getBytes(UTF_8)));
  }

  private void labelled(int partition, long... offsets) {
    for (long offset : offsets) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(OUTPUT, Math.min(partition, 1), null, new byte[0]);
      head(record, "sentiment.source.", INPUT, partition, offset);
      write(record);
    }
  }

  private void letters(int partition, long... offsets) {
    for (long offset : offsets) {
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(DEAD, 0, null, new byte[0]);
      head(record, "__streams.errors.", INPUT, partition, offset);
      write(record);
    }
  }

  private static void head(
      ProducerRecord<byte[], byte[]> record, String prefix, String topic, int part, long offset) {
    Stream.of(
            Map.entry("topic", topic),
            Map.entry("partition", Integer.toString(part)),
            Map.entry("offset", Long.toString(offset)))
        .forEach(
            header ->
                record.headers().add(prefix + header.getKey(), header.getValue().getBytes(UTF_8)));
  }

  private void write(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void commit(long first, long second) {
    try {
      admin
          .alterConsumerGroupOffsets(
              GROUP,
              Map.of(
                  new TopicPartition(INPUT, 0), new OffsetAndMetadata(first),
                  new TopicPartition(INPUT, 1), new OffsetAndMetadata(second)))
          .all()
          .get();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void delete(String topic, long before) throws Exception {
    admin
        .deleteRecords(Map.of(new TopicPartition(topic, 0), RecordsToDelete.beforeOffset(before)))
        .all()
        .get();
  }
}
