package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream in a process that cannot write a byte to any file, as on a full disk. */
final class DiskFullIT {
  private static final int EVENTS = 2_000;

  /** No file may grow; Java is told so as by a full disk, with an IOException. */
  private static final String NO_ROOM = "ulimit -f 0 && exec \"$@\"";

  private final Path folder;
  private final Queue<String> log = new ConcurrentLinkedQueue<>();

  DiskFullIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void stream_withoutRoomOnAnyDisk_labelsAll() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "needs bash");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0)) {
      createTopics(broker.bootstrapServers());
      send(broker.bootstrapServers());
      Process stream = stream(broker.bootstrapServers());
      try {
        TestShell verify = new TestShell();
        int status =
            verify.run(
                "verify", "--set=bootstrapServers=" + broker.bootstrapServers(), "--wait=90s");
        assertThat(status).as(verify.out() + verify.err() + log).isZero();
        assertThat(verify.out()).contains("balanced: %,d events".formatted(EVENTS));
        assertThat(stream.isAlive()).as(log::toString).isTrue();
        Awaitility.await()
            .atMost(Duration.ofSeconds(10))
            .untilAsserted(
                () ->
                    assertThat(log)
                        .anyMatch(line -> line.contains("compressed by zstd cannot be read")));
      } finally {
        stream.destroy();
        if (!stream.waitFor(30, TimeUnit.SECONDS)) {
          stream.destroyForcibly();
        }
      }
    }
  }

  private Process stream(String servers) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    ProcessBuilder builder =
        new ProcessBuilder(
            Stream.concat(
                    Stream.of("/bin/bash", "-c", NO_ROOM, "bash", java.toString()),
                    Stream.of(
                        "-Xmx256m",
                        "-XX:-UsePerfData",
                        "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                        "-Dsentiment.home=" + Path.of("").toAbsolutePath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sentimentstreams.cli.Main",
                        "stream",
                        "--set=bootstrapServers=" + servers,
                        "--set=http.port=0",
                        "--set=kafka.auto.offset.reset=earliest",
                        "--set=kafka.state.dir=" + folder.resolve("state")))
                .toList());
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    Thread reader = new Thread(() -> read(process), "stream-log");
    reader.setDaemon(true);
    reader.start();
    return process;
  }

  private void read(Process process) {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
      lines.lines().forEach(log::add);
    } catch (IOException ended) {
      log.add(ended.toString());
    }
  }

  private static void createTopics(String servers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      List<NewTopic> topics =
          Stream.of(
                  "tweets",
                  "tweets.sentiment",
                  "reviews",
                  "reviews.sentiment",
                  "sentiment.dead-letters")
              .map(name -> new NewTopic(name, 2, (short) 1))
              .toList();
      BrokerTopics.create(admin, topics);
    }
  }

  private static void send(String servers) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 20),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 1; i < EVENTS; i++) {
        var unused = producer.send(event(i));
      }
      producer.send(event(0)).get();
    }
  }

  private static ProducerRecord<byte[], byte[]> event(int number) {
    byte[] value = "{\"id\":%d,\"text\":\"late again\"}".formatted(number).getBytes(UTF_8);
    return new ProducerRecord<>("tweets", number % 2, null, value);
  }
}
