package io.sentimentstreams.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sentimentstreams.InvalidInputException;
import io.sentimentstreams.model.AttributionMethod;
import io.sentimentstreams.model.Explanation;
import io.sentimentstreams.model.Labels;
import io.sentimentstreams.model.Prediction;
import io.sentimentstreams.model.TokenContribution;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OpsServerTest {
  private static final String HOST = "127.0.0.1";

  private final AtomicReference<Health> ready = new AtomicReference<>(Health.up());
  private final HttpClient client = HttpClient.newHttpClient();
  private final OpsServer server =
      OpsServer.start(HOST, 0, () -> "a_total 1.0\n", Health::up, ready::get, scoring());

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void metrics_asked_areTextOfPrometheus() throws Exception {
    HttpResponse<String> response = get("/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("a_total 1.0\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void query_withParameters_isAnsweredAndMayNameAnotherPlace() throws Exception {
    Map<String, Function<Query, Answer>> queries =
        Map.of(
            "/echo",
            query -> Answer.of(200, "[\"%s\"]".formatted(query.value("key").orElse("none"))),
            "/moved",
            query -> Answer.elsewhere("{}", "http://other:1/moved?" + query.raw()));
    try (OpsServer other =
        OpsServer.start(HOST, 0, () -> "", Health::up, Health::up, scoring(), queries, Map.of())) {
      assertThat(get(other, "/echo?a=b&key=%C3%BC+x&key").body()).isEqualTo("[\"ü x\"]\n");
      assertThat(get(other, "/echo").body()).isEqualTo("[\"none\"]\n");
      HttpResponse<String> moved = get(other, "/moved?key=a%20b");
      assertThat(moved.statusCode()).isEqualTo(307);
      assertThat(moved.headers().firstValue("Location")).hasValue("http://other:1/moved?key=a%20b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/echo", "/handled", "/score", "/unknown"})
  void data_askedByAPageOfAnotherSite_isRefused(String path) throws Exception {
    try (OpsServer other =
        OpsServer.start(
            HOST,
            0,
            () -> "",
            Health::up,
            Health::up,
            scoring(),
            Map.of("/echo", query -> Answer.of(200, "{}")),
            Map.of("/handled", Answer.text(200, "handled")::send))) {
      HttpResponse<String> refused = get(other, path, "Origin", "http://evil.example");

      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).isEqualTo("Refused: asked by a page of another site.\n");
      String self = "http://%s:%d".formatted(HOST, other.port());
      assertThat(get(other, path, "Origin", self).statusCode()).isNotEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
  void health_askedByAnybody_isAnswered(String path) throws Exception {
    assertThat(get(server, path, "Origin", "http://evil.example").statusCode()).isEqualTo(200);
  }

  @Test
  void ready_whileWaiting_is503WithTheReasons() throws Exception {
    ready.set(new Health(List.of("loading the \"models\"", "no broker")));
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new ObjectMapper().readTree(response.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"status": "down", "reasons": ["loading the \\"models\\"", "no broker"]}
                    """));
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void overview_whileWaiting_is503WithBothAnswers() throws Exception {
    assertThat(get("/health").statusCode()).isEqualTo(200);
    ready.set(Health.down("no broker"));

    HttpResponse<String> response = get("/health");

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(new ObjectMapper().readTree(response.body()))
        .isEqualTo(
            new ObjectMapper()
                .readTree(
                    """
                    {"status": "down",
                     "live": {"status": "up", "reasons": []},
                     "ready": {"status": "down", "reasons": ["no broker"]}}
                    """));
  }

  @Test
  void ready_afterwards_is200() throws Exception {
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("\"up\"");
  }

  @Test
  void unknownPath_asked_is404() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    assertThat(get("/metrics/more").statusCode()).isEqualTo(404);
    assertThat(get("/metrics2").body())
        .contains("/health, /health/live, /health/ready, /metrics, /score");
  }

  @Test
  void otherMethod_used_is405() throws Exception {
    HttpResponse<String> response = send("POST", "/metrics");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void head_asked_hasNoBody() throws Exception {
    HttpResponse<String> response = send("HEAD", "/metrics");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void failingPage_asked_is500WithoutDetails() throws Exception {
    try (OpsServer failing =
        OpsServer.start(
            HOST,
            0,
            () -> {
              throw new IllegalStateException("secret");
            },
            Health::up,
            Health::up,
            scoring())) {
      HttpResponse<String> response = send("GET", "/metrics", failing.port());
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("secret");
    }
  }

  @Test
  void start_onTakenPort_saysSo() {
    int port = server.port();
    assertThatThrownBy(
            () -> OpsServer.start(HOST, port, () -> "", Health::up, Health::up, scoring()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.port: " + port)
        .hasMessageContaining("0 for a free one");
  }

  @Test
  void start_onUnknownHost_saysSo() {
    assertThatThrownBy(
            () -> OpsServer.start("no such host", 0, () -> "", Health::up, Health::up, scoring()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.host: \"no such host\"");
  }

  @Test
  void close_afterRequests_freesThePortAndItsThreads() throws Exception {
    int port = server.port();
    get("/metrics");
    server.close();
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("http-")));
    OpsServer.start(HOST, port, () -> "", Health::up, Health::up, scoring()).close();
  }

  /** Takes the route {@code a}; is busy, not ready or broken for texts that say so. */
  private static Scoring scoring() {
    return request -> {
      if (request.route() != null && !request.route().equals("a")) {
        throw new InvalidInputException("\"route\": there is no such route; there are a");
      }
      switch (request.texts().get(0)) {
        case "busy" -> throw Scoring.NotNowException.busy();
        case "not ready" -> throw Scoring.NotNowException.unavailable("the models are not loaded");
        case "long" -> throw Scoring.NotNowException.tooLong(Duration.ofSeconds(10));
        case "broken" -> throw new IllegalStateException("secret");
        default -> {}
      }
      Explanation explanation =
          new Explanation(
              AttributionMethod.EXACT, 0, 0.5, List.of(new TokenContribution("hi", 0, 2, 1.25)));
      return new ScoreAnswer(
          "a",
          "m",
          "v",
          new Labels(List.of("negative", "positive")),
          request.texts().stream()
              .map(text -> result(text, request.explain() ? explanation : null))
              .toList());
    };
  }

  private static ScoreAnswer.Result result(String text, @Nullable Explanation explanation) {
    return text.isEmpty()
        ? new ScoreAnswer.Unscored("empty-text", "the text is empty")
        : new ScoreAnswer.Scored(Prediction.of(new float[] {0.25f, 0.75f}), explanation);
  }

  @Test
  void score_ofAText_isItsLabelWithItsWords() throws Exception {
    HttpResponse<String> response = score("{\"text\":\"hi\",\"explain\":true,\"route\":\"a\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body())
        .isEqualTo(
            "{\"route\":\"a\",\"model\":\"m\",\"modelVersion\":\"v\",\"label\":\"positive\","
                + "\"score\":0.75,\"probabilities\":{\"negative\":0.25,\"positive\":0.75},"
                + "\"method\":\"exact\",\"against\":\"negative\",\"rest\":0.5,\"tokens\":["
                + "{\"text\":\"hi\",\"start\":0,\"end\":2,\"contribution\":1.25}]}\n");
  }

  @Test
  void score_ofTexts_isAnArrayInTheirOrder() throws Exception {
    HttpResponse<String> response = score("{\"texts\":[\"\",\"hi\"]}");

    assertThat(response.body())
        .isEqualTo(
            "{\"route\":\"a\",\"model\":\"m\",\"modelVersion\":\"v\",\"results\":["
                + "{\"label\":null,\"reason\":\"empty-text\",\"detail\":\"the text is empty\"},"
                + "{\"label\":\"positive\",\"score\":0.75,"
                + "\"probabilities\":{\"negative\":0.25,\"positive\":0.75}}]}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{`text`:1} | text",
        "{} | text",
        "{`text`:`a`,`texts`:[`b`]} | text",
        "{`texts`:[]} | texts",
        "{`texts`:`a`} | texts",
        "{`texts`:[`a`,null]} | texts[1]",
        "{`text`:`a`,`route`:`b`} | route",
        "{`text`:`a`,`route`:7} | route",
        "{`text`:`a`,`explain`:`yes`} | explain",
        "{`text`:`a`,`txet`:`b`} | txet",
      })
  void score_ofAWrongField_is400AndNamesIt(String request, String field) throws Exception {
    HttpResponse<String> response = score(request.replace('`', '"'));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(response.body()).path("error").asText())
        .startsWith("\"" + field + "\": ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "\"a\"", "{\"text\":\"a\"", "{\"text\":\"a\"} x", "\u0000"})
  void score_ofNoJsonObject_is400(String request) throws Exception {
    HttpResponse<String> response = score(request);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(new ObjectMapper().readTree(response.body()).path("error").asText())
        .startsWith("the body ");
  }

  @Test
  void score_thatCannotBeNow_saysWhyAndWhen() throws Exception {
    HttpResponse<String> busy = score("{\"text\":\"busy\"}");
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).hasValue("1");
    HttpResponse<String> notReady = score("{\"text\":\"not ready\"}");
    assertThat(notReady.statusCode()).isEqualTo(503);
    assertThat(notReady.body()).contains("the models are not loaded");
    HttpResponse<String> tooLong = score("{\"text\":\"long\"}");
    assertThat(tooLong.statusCode()).isEqualTo(503);
    assertThat(tooLong.headers().firstValue("Retry-After")).isEmpty();
    assertThat(new ObjectMapper().readTree(tooLong.body()).path("error").asText())
        .contains("longer than 10 s");
    HttpResponse<String> broken = score("{\"text\":\"broken\"}");
    assertThat(broken.statusCode()).isEqualTo(500);
    assertThat(broken.body()).doesNotContain("secret");
  }

  @Test
  void score_ofTooMuch_is413Or400() throws Exception {
    assertThat(score("{\"text\":\"" + "a".repeat(300_000) + "\"}").statusCode()).isEqualTo(413);
    String many = "\"a\",".repeat(64) + "\"a\"";
    assertThat(score("{\"texts\":[" + many + "]}").statusCode()).isEqualTo(400);
  }

  @Test
  void page_thatIsAPictureToo_isThatWhereItIsAccepted() throws Exception {
    try (OpsServer pages =
        OpsServer.start(
            HOST,
            0,
            () -> "",
            Health::up,
            Health::up,
            scoring(),
            Map.of(
                "/shape",
                query -> Answer.of(200, Answer.TEXT, "round"),
                "/shape.svg",
                query -> Answer.of(200, Answer.SVG, "<svg/>")),
            Map.of())) {
      assertThat(get(pages, "/shape", "Accept", "*/*").body()).isEqualTo("round\n");
      assertThat(get(pages, "/shape.svg", "Accept", "*/*").body()).isEqualTo("<svg/>\n");

      HttpResponse<String> picture = get(pages, "/shape", "Accept", "image/svg+xml, */*");

      assertThat(picture.body()).isEqualTo("<svg/>\n");
      assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/svg+xml");
    }
  }

  private HttpResponse<String> get(OpsServer from, String path, String header, String value)
      throws Exception {
    URI address = URI.create("http://%s:%d%s".formatted(HOST, from.port(), path));
    return client.send(
        HttpRequest.newBuilder(address).header(header, value).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void score_byAnotherMethod_is405() throws Exception {
    HttpResponse<String> response = get("/score");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  private HttpResponse<String> score(String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:%d/score".formatted(HOST, server.port())))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(OpsServer other, String path) throws Exception {
    return send("GET", path, other.port());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send("GET", path);
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    return send(method, path, server.port());
  }

  private HttpResponse<String> send(String method, String path, int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://%s:%d%s".formatted(HOST, port, path)))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
