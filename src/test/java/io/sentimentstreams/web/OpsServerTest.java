package io.sentimentstreams.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sentimentstreams.InvalidInputException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OpsServerTest {
  private static final String HOST = "127.0.0.1";

  private final AtomicReference<Health> ready = new AtomicReference<>(Health.up());
  private final HttpClient client = HttpClient.newHttpClient();
  private final OpsServer server =
      OpsServer.start(HOST, 0, () -> "a_total 1.0\n", Health::up, ready::get);

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
    assertThat(get("/metrics2").body()).contains("/health, /health/live, /health/ready, /metrics");
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
            Health::up)) {
      HttpResponse<String> response = send("GET", "/metrics", failing.port());
      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).doesNotContain("secret");
    }
  }

  @Test
  void start_onTakenPort_saysSo() {
    int port = server.port();
    assertThatThrownBy(() -> OpsServer.start(HOST, port, () -> "", Health::up, Health::up))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("http.port: " + port)
        .hasMessageContaining("0 for a free one");
  }

  @Test
  void start_onUnknownHost_saysSo() {
    assertThatThrownBy(() -> OpsServer.start("no such host", 0, () -> "", Health::up, Health::up))
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
    OpsServer.start(HOST, port, () -> "", Health::up, Health::up).close();
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
