package io.sentimentstreams.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SendingTimeTest {
  private static final Answer LARGE = Answer.text(200, "x".repeat(64 << 20));

  /** One thread: whoever holds it holds all others up. */
  private final ExecutorService threads = Executors.newSingleThreadExecutor();

  private final SendingTime time = new SendingTime(Duration.ofMillis(200));
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/large", exchange -> time.limit(() -> LARGE.send(exchange)));
    server.createContext("/small", this::small);
    server.start();
  }

  private void small(HttpExchange exchange) throws IOException {
    boolean interrupted = Thread.interrupted();
    time.limit(() -> Answer.text(200, "interrupted: " + interrupted).send(exchange));
  }

  @AfterEach
  void close() {
    server.stop(0);
    threads.shutdownNow();
    time.close();
  }

  @Test
  void client_thatDoesNotRead_holdsTheThreadForALimitedTime() throws Exception {
    try (Socket silent =
        new Socket(InetAddress.getLoopbackAddress(), server.getAddress().getPort())) {
      silent.getOutputStream().write("GET /large HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(UTF_8));
      // Its answer has begun, so that it has the thread.
      assertThat(silent.getInputStream().read()).isEqualTo('H');

      assertThat(small()).isEqualTo("interrupted: false\n");
    }
  }

  @Test
  void client_thatReads_getsAllOfAnAnswer() throws Exception {
    assertThat(small()).isEqualTo("interrupted: false\n");
    assertThat(small()).isEqualTo("interrupted: false\n");
  }

  private String small() throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:%d/small".formatted(server.getAddress().getPort()));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
