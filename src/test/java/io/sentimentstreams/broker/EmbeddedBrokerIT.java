package io.sentimentstreams.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerIT {
  private static final String TOPIC = "kept";

  private final Path folder;

  EmbeddedBrokerIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void restart_onAnotherPort_keepsTheRecords() throws Exception {
    int firstPort;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      firstPort = broker.port();
      createTopic(broker);
      send(broker, "before");
    }
    try (ServerSocket occupied = new ServerSocket(firstPort, 1, loopback());
        EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertThat(broker.port()).isNotEqualTo(occupied.getLocalPort());
      send(broker, "after");
      assertThat(read(broker, 2)).containsExactly("before", "after");
    }
  }

  @Test
  void close_afterUse_leavesNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
    broker.close();
    broker.close();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .filteredOn(thread -> !before.contains(thread) && thread.isAlive())
                    .extracting(Thread::getName)
                    .filteredOn(name -> !isOfJvmOrTest(name))
                    .isEmpty());
  }

  /**
   * The nodes start together: none serves before there are two. Their last ones stop without a
   * controller, for which Kafka would wait five minutes.
   */
  @Test
  void cluster_withoutOneOfThree_servesWhatItHas() throws Exception {
    BrokerCluster cluster = new BrokerCluster(1, freeNodes(3));
    List<CompletableFuture<EmbeddedBroker>> starting = new ArrayList<>();
    for (int node = 1; node <= 3; node++) {
      BrokerCluster own = new BrokerCluster(node, cluster.nodes());
      Path data = folder.resolve("node-" + node);
      starting.add(
          CompletableFuture.supplyAsync(
              () ->
                  EmbeddedBroker.startNode(
                      data, own, Map.of("controlled.shutdown.enable", "false"))));
    }
    List<EmbeddedBroker> brokers = starting.stream().map(CompletableFuture::join).toList();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> admin.describeCluster().nodes().get().size() == 3);
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 3))).all().get();
      send(brokers.get(0), "with three");
      brokers.get(1).close();
      // Acknowledged by two of the three replicas, min.insync.replicas.
      send(brokers.get(0), "with two");
      assertThat(read(brokers.get(2), 2)).containsExactly("with three", "with two");
    } finally {
      brokers.forEach(EmbeddedBroker::close);
    }
  }

  private static List<BrokerCluster.Node> freeNodes(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<BrokerCluster.Node> nodes = new ArrayList<>();
    for (int node = 0; node < count; node++) {
      sockets.add(new ServerSocket(0, 1, loopback()));
      sockets.add(new ServerSocket(0, 1, loopback()));
      nodes.add(
          new BrokerCluster.Node(
              sockets.get(2 * node).getLocalPort(), sockets.get(2 * node + 1).getLocalPort()));
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return nodes;
  }

  @Test
  void start_withSettingsThatCannotBe_saysSo() {
    assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, Map.of("num.partition", "1")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("set: num.partition is no setting of Kafka's broker");
    assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, Map.of("node.id", "7")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("node.id is given by the other options");
    assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0, Map.of("num.io.threads", "many")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("num.io.threads");
  }

  @Test
  void start_onTakenPort_saysSo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, loopback())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, port))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("port: " + port + " is taken")
          .hasMessageContaining("0 for a free one");
    }
  }

  @Test
  void start_onFolderInUse_saysSo() {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + broker.port());
      assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(folder.toString())
          .hasMessageContaining("another broker uses it");
    }
  }

  @Test
  void start_onAFileInsteadOfAFolder_saysSo() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> EmbeddedBroker.start(file, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(file.toString());
  }

  private static InetAddress loopback() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  private static boolean isOfJvmOrTest(String name) {
    return name.startsWith("process reaper")
        || name.startsWith("Common-Cleaner")
        || name.startsWith("ForkJoinPool")
        || name.startsWith("awaitility");
  }

  private static void createTopic(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(config(broker))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  private static void send(EmbeddedBroker broker, String value) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config(broker), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(TOPIC, value.getBytes(UTF_8))).get();
    }
  }

  private static List<String> read(EmbeddedBroker broker, int records) {
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            config(broker), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      List<String> values = new ArrayList<>();
      Awaitility.await()
          .until(
              () -> {
                consumer
                    .poll(Duration.ofMillis(100))
                    .forEach(record -> values.add(new String(record.value(), UTF_8)));
                return values.size() >= records;
              });
      return values;
    }
  }

  private static Map<String, Object> config(EmbeddedBroker broker) {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }
}
