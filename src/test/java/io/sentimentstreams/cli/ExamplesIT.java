package io.sentimentstreams.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sentimentstreams.broker.BrokerTopics;
import io.sentimentstreams.broker.EmbeddedBroker;
import io.sentimentstreams.event.TopicCatalog;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in {@code examples/}, as users run it, against a stream with a shipped model. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExamplesIT {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private static final String HARD_TO_QUOTE =
      "he said \"it's\tfine\" \\ and left, worst 'flight' ever\n\\n awful awful delay 😡";

  private final Path folder;
  private final EmbeddedBroker broker;
  private final TestShell shell = new TestShell();
  private final int http;
  private final CompletableFuture<Integer> stream;

  ExamplesIT(@TempDir Path folder) throws Exception {
    this.folder = folder;
    broker = EmbeddedBroker.start(folder.resolve("broker"), 0);
    BrokerTopics.createMissing(broker.bootstrapServers(), TopicCatalog.read(Path.of("topics")));
    http = freePort();
    stream =
        CompletableFuture.supplyAsync(
            () ->
                shell.run(
                    "stream",
                    "--set=bootstrapServers=" + broker.bootstrapServers(),
                    "--set=http.port=" + http));
  }

  @AfterAll
  void stop() throws Exception {
    try {
      assertThat(shell.interrupt()).isTrue();
      assertThat(stream.get(1, TimeUnit.MINUTES)).as(shell.err()).isZero();
    } finally {
      broker.close();
    }
  }

  @Test
  void producerAndConsumer_asFiles_sendTextsAndReadLabels() throws Exception {
    String classPath = System.getProperty("java.class.path");
    String servers = broker.bootstrapServers();
    run(
        "great crew, thank you\nworst delay ever\n",
        JAVA,
        "-cp",
        classPath,
        "examples/SendTexts.java",
        servers,
        "tweets");

    String labels = readLabels("tweets.sentiment", 2);

    assertThat(labels.lines()).allMatch(ExamplesIT::isLabel).hasSize(2);
  }

  @Test
  void consumer_eventWithoutAnId_isPrintedAndTheNextRunGoesOnBehindIt() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (String text : List.of("wonderful crew", "{\"text\":\"awful food\"}", "bad seats")) {
        byte[] event = text.startsWith("{") ? text.getBytes(UTF_8) : event(text);
        producer.send(new ProducerRecord<>("reviews", 0, new byte[] {1}, event)).get();
      }
    }

    assertThat(readLabels("reviews.sentiment", 1).lines()).allMatch(ExamplesIT::isLabel).hasSize(1);
    assertThat(readLabels("reviews.sentiment", 2).lines())
        .allMatch(ExamplesIT::isLabel)
        .satisfiesExactly(
            withoutId -> assertThat(withoutId).endsWith("  -"),
            last -> assertThat(last).endsWith("  bad seats"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no water for three hours", HARD_TO_QUOTE})
  void kcat_textIn_labelOut(String text) throws Exception {
    assumeTrue(isInstalled("kcat"), "kcat is not installed");
    String found = run("", "examples/kcat.sh", broker.bootstrapServers(), text);
    assertThat(found).contains("customer-7", "\"label\":\"negative\"", "sentiment.source.offset=");
  }

  @Test
  void jsonString_ofAnyText_isTheTextToAParser() throws Exception {
    StringBuilder all = new StringBuilder(HARD_TO_QUOTE).append("</script> & \\u0041 \\& \u2028");
    IntStream.range(1, 0x80).forEach(all::appendCodePoint);

    String json =
        run(
            "",
            "bash",
            "-c",
            "source examples/json-string.sh; json_string \"$1\"",
            "bash",
            all.toString());

    assertThat(new JsonMapper().readTree(json).textValue()).isEqualTo(all.toString());
  }

  @Test
  void curl_text_isLabelledAndExplained() throws Exception {
    assumeTrue(isInstalled("curl"), "curl is not installed");
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptions()
        .until(() -> !run("", "examples/score.sh", url(), "up?").isEmpty());

    JsonNode answer =
        new JsonMapper().readTree(run("", "examples/score.sh", url(), "great crew, thank you"));

    assertThat(answer.at("/label").asText()).isEqualTo("positive");
    assertThat(answer.at("/tokens/0/text").asText()).isEqualTo("great");
    JsonNode quoted = new JsonMapper().readTree(run("", "examples/score.sh", url(), HARD_TO_QUOTE));
    assertThat(quoted.at("/label").asText()).isEqualTo("negative");
    JsonNode first = quoted.at("/tokens/0");
    assertThat(HARD_TO_QUOTE.substring(first.at("/start").asInt(), first.at("/end").asInt()))
        .isEqualTo(first.at("/text").asText());
  }

  private static boolean isLabel(String line) {
    return line.matches("(negative|positive) +[01]\\.\\d\\d  .+");
  }

  private static byte[] event(String idAndText) throws IOException {
    return new JsonMapper().writeValueAsBytes(Map.of("id", idAndText, "text", idAndText));
  }

  private String readLabels(String topic, int count) throws Exception {
    return run(
        "",
        JAVA,
        "-cp",
        System.getProperty("java.class.path"),
        "examples/ReadLabels.java",
        broker.bootstrapServers(),
        topic,
        Integer.toString(count));
  }

  private String url() {
    return "http://127.0.0.1:" + http;
  }

  /** What a command writes to standard output; it must end with status 0 within a minute. */
  private String run(String input, String... command) throws Exception {
    File in = Files.writeString(folder.resolve("in-" + System.nanoTime()), input).toFile();
    File out = folder.resolve("out-" + System.nanoTime()).toFile();
    File err = folder.resolve("err-" + System.nanoTime()).toFile();
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectInput(in)
            .redirectOutput(out)
            .redirectError(err)
            .start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    String said = Files.readString(err.toPath(), UTF_8);
    assertThat(process.waitFor()).as(Arrays.toString(command) + said + shell.err()).isZero();
    return Files.readString(out.toPath(), UTF_8);
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, program)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
