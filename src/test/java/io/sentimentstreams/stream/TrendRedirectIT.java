package io.sentimentstreams.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sentimentstreams.web.Health;
import io.sentimentstreams.web.OpsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, each with its port, keep a part of the groups each. */
final class TrendRedirectIT {
  private static final int PARTITIONS = 4;
  private static final int EVENTS_OF_A_GROUP = 5;
  private static final List<String> GROUPS =
      IntStream.range(0, 20).mapToObj("group-%d"::formatted).toList();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient asking = HttpClient.newHttpClient();
  private final HttpClient following =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

  @Test
  void groups_keptByEither_areAnsweredByBoth(@TempDir Path folder) throws Exception {
    try (KafkaFixture kafka = new KafkaFixture(folder)) {
      kafka.createTopics(PARTITIONS, "tweets", "tweets.sentiment", "reviews", "reviews.sentiment");
      kafka.createTopics(1, "sentiment.dead-letters", "sentiment.trends");
      try (Instance first = new Instance(kafka)) {
        Answered early = ask(asking, first, "key=group-0");
        assertThat(early.status()).isEqualTo(503);
        assertThat(early.json().get("error").asText()).contains("the stream starts");
        first.runner.start();
        try (Instance second = new Instance(kafka)) {
          second.runner.start();
          send(kafka);
          awaitBothKeepSome(first, second);
          assertEitherAnswersForAll(first, second);
          assertProblems(first, second);
        }
        assertOneTakesAll(first);
      }
    }
  }

  private void awaitBothKeepSome(Instance first, Instance second) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              for (Instance instance : List.of(first, second)) {
                assertThat(statuses(instance)).containsExactly(200, 307);
                for (String group : GROUPS) {
                  assertThat(events(ask(following, instance, "key=" + group)))
                      .isEqualTo(EVENTS_OF_A_GROUP);
                }
              }
            });
  }

  private Set<Integer> statuses(Instance instance) throws Exception {
    Set<Integer> statuses = new TreeSet<>();
    for (String group : GROUPS) {
      statuses.add(ask(asking, instance, "key=" + group).status());
    }
    return statuses;
  }

  private void assertEitherAnswersForAll(Instance first, Instance second) throws Exception {
    for (String group : GROUPS) {
      Answered one = ask(asking, first, "key=" + group);
      Answered other = ask(asking, second, "key=" + group);
      assertThat(List.of(one.status(), other.status())).containsExactlyInAnyOrder(200, 307);
      Answered sentOn = one.status() == 307 ? one : other;
      Instance keeper = one.status() == 307 ? second : first;
      assertThat(sentOn.location()).isEqualTo(keeper.url("key=" + group + "&redirected=true"));
      assertThat(sentOn.json().get("keptBy").asText()).isEqualTo(sentOn.location());
      assertThat(ask(following, first, "key=" + group).json())
          .isEqualTo(ask(following, second, "key=" + group).json());
      // Not sent to and fro where both think that it is the other's.
      Answered back =
          ask(asking, keeper == first ? second : first, "key=" + group + "&redirected=true");
      assertThat(back.status()).isEqualTo(503);
      assertThat(back.json().get("error").asText()).contains("ask again");
    }
  }

  private void assertProblems(Instance first, Instance second) throws Exception {
    for (Instance instance : List.of(first, second)) {
      Answered unknown = ask(following, instance, "route=tweets&key=nobody");
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.json().get("error").asText()).contains("no events of this group");
      Answered off = ask(following, instance, "route=reviews&key=group-0");
      assertThat(off.status()).isEqualTo(404);
      assertThat(off.json().get("error").asText()).contains("tweets");
    }
  }

  /** The other has gone: until its groups are here, each answer is one of those that are told. */
  private void assertOneTakesAll(Instance left) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(1))
        .until(
            () -> {
              int known = 0;
              for (String group : GROUPS) {
                Answered answer = ask(asking, left, "key=" + group);
                assertThat(answer.status()).isIn(200, 307, 404, 503);
                assertThat(answer.json().has(answer.field())).isTrue();
                known += answer.status() == 200 && events(answer) == EVENTS_OF_A_GROUP ? 1 : 0;
              }
              return known == GROUPS.size();
            });
  }

  private static int events(Answered answer) throws IOException {
    return answer.json().at("/windows/0/events").asInt();
  }

  private static void send(KafkaFixture kafka) throws Exception {
    long now = System.currentTimeMillis();
    List<ProducerRecord<byte[], byte[]>> events = new ArrayList<>();
    for (String group : GROUPS) {
      for (int event = 0; event < EVENTS_OF_A_GROUP; event++) {
        byte[] value = "{\"text\":\"a day\"}".getBytes(UTF_8);
        events.add(
            new ProducerRecord<>("tweets", event % PARTITIONS, now, group.getBytes(UTF_8), value));
      }
    }
    kafka.send(events);
  }

  private Answered ask(HttpClient client, Instance instance, String query) throws Exception {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(instance.url(query))).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    return new Answered(
        response.statusCode(),
        response.headers().firstValue("Location").orElse(""),
        response.body());
  }

  private record Answered(int status, String location, String body) {
    JsonNode json() throws IOException {
      return JSON.readTree(body);
    }

    String field() {
      return status == 200 ? "windows" : status == 307 ? "keptBy" : "error";
    }
  }

  /** A stream and the server that answers for it. */
  private static final class Instance implements AutoCloseable {
    private final OpsServer server;
    private final StreamRunner runner;

    Instance(KafkaFixture kafka) {
      AtomicReference<StreamRunner> answering = new AtomicReference<>();
      server =
          OpsServer.start(
              "127.0.0.1",
              0,
              () -> "",
              Health::up,
              Health::up,
              texts -> {
                throw new UnsupportedOperationException();
              },
              Map.of("/trends", query -> Objects.requireNonNull(answering.get()).trends(query)),
              Map.of());
      runner =
          new StreamRunner(
              TestSettings.with(
                  "bootstrapServers", kafka.bootstrapServers(),
                  "routes.tweets.trends", "key",
                  "routes.tweets.trendsWindow", "1440m",
                  "kafka.application.server", "127.0.0.1:" + server.port(),
                  "kafka.commit.interval.ms", "300",
                  "kafka.main.consumer.session.timeout.ms", "6000",
                  "kafka.producer.transaction.timeout.ms", "6000"),
              route -> new FakeLabeller(),
              new SimpleMeterRegistry(),
              InstantSource.system());
      answering.set(runner);
    }

    String url(String query) {
      return "http://127.0.0.1:%d/trends?%s".formatted(server.port(), query);
    }

    @Override
    public void close() {
      runner.close();
      server.close();
    }
  }
}
