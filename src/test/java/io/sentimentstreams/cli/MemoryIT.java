package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stream in a process with a small heap, with what fills memory elsewhere: a backlog, texts of
 * 10 MB, a burst, a slow model, a broker that is away. It must neither run out of memory nor lose
 * an event. Prints a table; {@code -Dmemory.events=5000000} makes it the one of
 * docs/reliability.md, {@code -Dmemory.heap=} sets the megabytes of the heap.
 */
final class MemoryIT {
  private static final int EVENTS = Integer.getInteger("memory.events", 20_000);
  private static final int HEAP_MEGABYTES = Integer.getInteger("memory.heap", 256);
  private static final int BURST = EVENTS > 1_000_000 ? 100_000 : 20_000;
  private static final int PARTITIONS = 3;
  private static final int LARGE_BYTES = 10_000_000;
  private static final int LARGE_EVENTS = 24;
  private static final String TEXT =
      "@VantorAir two hours on the tarmac and nobody tells us a thing, thanks for nothing :( ";

  /** What the process needs beside its heap: the JVM, its code, the models, native libraries. */
  private static final int BESIDE_THE_HEAP_MEGABYTES = 450;

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> table = new ArrayList<>();
  private String servers = "";
  private int metrics;
  private long sent;
  private Sample peak = Sample.NONE;
  private long largestResident;

  MemoryIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void heap_small_isEnoughWhateverComes() throws Exception {
    metrics = freePort();
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    try {
      servers = broker.bootstrapServers();
      createTopics();
      send("tweets", EVENTS, i -> event(i, TEXT));
      Process stream = stream();
      try {
        drain(stream, "a backlog of %,d events".formatted(EVENTS));
        send("tweets", LARGE_EVENTS / 2, i -> event(i, "a".repeat(LARGE_BYTES)));
        send("reviews", LARGE_EVENTS / 2, i -> event(i, "a".repeat(LARGE_BYTES)));
        drain(stream, "%d texts of 10 MB".formatted(LARGE_EVENTS));
        trickle();
        send("tweets", BURST, i -> event(i, TEXT));
        drain(stream, "100 events a second, then %,d".formatted(BURST));
        send("reviews", Math.max(500, EVENTS / 1000), i -> event(i, TEXT.repeat(100)));
        drain(stream, "a slow model: texts of 8.6 kB");
        send("tweets", BURST, i -> event(i, TEXT));
        broker.close();
        watch(stream, Duration.ofSeconds(EVENTS > 1_000_000 ? 60 : 5));
        broker = EmbeddedBroker.start(folder.resolve("broker"), broker.port());
        drain(stream, "the broker away, %,d events before".formatted(BURST));
      } finally {
        stop(stream);
      }
      requireBalance();
    } finally {
      broker.close();
    }
    System.out.println(String.join(System.lineSeparator(), table));
    assertThat(largestResident)
        .as("resident megabytes")
        .isLessThan(HEAP_MEGABYTES + BESIDE_THE_HEAP_MEGABYTES);
  }

  private void requireBalance() {
    TestShell verify = new TestShell();
    assertThat(verify.run("verify", "--set", "bootstrapServers=" + servers, "--wait", "60s"))
        .as(verify.out() + verify.err())
        .isZero();
    table.add(verify.out().strip().lines().reduce((first, second) -> second).orElseThrow());
  }

  private void trickle() {
    for (int i = 0; i < 20; i++) {
      long began = System.nanoTime();
      send("tweets", 10, n -> event(n, TEXT));
      Awaitility.await().until(() -> System.nanoTime() - began > 100_000_000L);
    }
  }

  private Process stream() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx%dm".formatted(HEAP_MEGABYTES));
    command.add("-XX:+ExitOnOutOfMemoryError");
    String more = System.getProperty("memory.options", "");
    Stream.of(more.split(" ")).filter(option -> !option.isEmpty()).forEach(command::add);
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.add("-Dsentiment.home=" + Path.of("").toAbsolutePath());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.sentimentstreams.cli.Main", "stream"));
    Map.of(
            "bootstrapServers",
            servers,
            "http.port",
            Integer.toString(metrics),
            "routes.tweets.model",
            "models/tweets-conv1d",
            "kafka.auto.offset.reset",
            "earliest",
            "kafka.state.dir",
            folder.resolve("state").toString())
        .forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("stream.log").toFile())
            .redirectInput(new File("/dev/null"));
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder.start();
  }

  /** Waits until all that was sent has been worked on; adds a row to the table. */
  private void drain(Process stream, String what) throws Exception {
    long began = System.nanoTime();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(Duration.ofMinutes(60))
        .until(
            () -> {
              sample(stream);
              return metric("sentiment_events_in_total") >= sent;
            });
    sample(stream);
    table.add(
        "%-40s %6.0f s   most megabytes: heap %4d, direct %4d, resident %4d"
            .formatted(
                what, (System.nanoTime() - began) / 1e9, peak.heap, peak.direct, peak.resident));
    System.out.println(table.get(table.size() - 1));
    peak = Sample.NONE;
  }

  private void watch(Process stream, Duration time) {
    long began = System.nanoTime();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(200))
        .atMost(time.plusMinutes(1))
        .until(
            () -> {
              sample(stream);
              return System.nanoTime() - began > time.toNanos();
            });
  }

  /** Megabytes of the process. */
  private record Sample(long heap, long direct, long resident) {
    static final Sample NONE = new Sample(0, 0, 0);

    Sample most(Sample other) {
      return new Sample(
          Math.max(heap, other.heap),
          Math.max(direct, other.direct),
          Math.max(resident, other.resident));
    }
  }

  private void sample(Process stream) throws Exception {
    if (!stream.isAlive()) {
      throw new IllegalStateException(
          "The stream has ended with %d after %s:%n%s"
              .formatted(
                  stream.exitValue(), table, Files.readString(folder.resolve("stream.log"))));
    }
    Sample now =
        new Sample(
            (long) (metric("jvm_memory_used_bytes{area=\"heap\"") / 1e6),
            (long) (metric("jvm_buffer_memory_used_bytes{id=\"direct\"") / 1e6),
            resident(stream));
    peak = peak.most(now);
    largestResident = Math.max(largestResident, now.resident);
  }

  /** Resident megabytes of the process, 0 where the system does not tell. */
  private static long resident(Process process) throws IOException {
    Path status = Path.of("/proc/%d/status".formatted(process.pid()));
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024 / 1_000_000)
        .sum();
  }

  /** The sum of the series whose lines begin so; 0 while the process does not answer. */
  private double metric(String start) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(metrics)))
            .timeout(Duration.ofSeconds(20))
            .build();
    try {
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return body.lines()
          .filter(line -> line.startsWith(start))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    } catch (IOException notYet) {
      return 0;
    }
  }

  private void createTopics() throws Exception {
    Map<String, String> config = Map.of("retention.ms", "-1", "max.message.bytes", "16777216");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      BrokerTopics.create(
          admin,
          Stream.of(
                  "tweets",
                  "tweets.sentiment",
                  "reviews",
                  "reviews.sentiment",
                  "sentiment.dead-letters")
              .map(name -> new NewTopic(name, PARTITIONS, (short) 1).configs(config))
              .toList());
    }
  }

  private void send(String topic, int events, IntFunction<byte[]> event) {
    Map<String, Object> config =
        Map.of(
            "bootstrap.servers", servers,
            "max.request.size", 16_000_000,
            "buffer.memory", 64_000_000,
            "linger.ms", 20,
            "batch.size", 131_072);
    AtomicInteger notSent = new AtomicInteger();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < events; i++) {
        Future<RecordMetadata> unused =
            producer.send(
                new ProducerRecord<>(topic, i % PARTITIONS, null, event.apply(i)),
                (where, failure) -> notSent.addAndGet(failure == null ? 0 : 1));
      }
    }
    assertThat(notSent).hasValue(0);
    sent += events;
  }

  private static byte[] event(int number, String text) {
    return "{\"id\":\"%d\",\"text\":\"%s\"}".formatted(number, text).getBytes(UTF_8);
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
