package io.sentimentstreams.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sentimentstreams.web.Answer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FeedTest {
  private final Feed feed = new Feed("abc", new Feed.Limits(2, 8, 3, Duration.ofMillis(50)));
  private final List<Browser> browsers = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::accept);
    server.start();
  }

  private void accept(HttpExchange exchange) throws IOException {
    if (!feed.accept(exchange, Enum::name)) {
      Answer.text(503, "too many").send(exchange);
    }
  }

  @AfterEach
  void close() throws IOException {
    feed.close();
    server.stop(0);
    for (Browser browser : browsers) {
      browser.close();
    }
  }

  @Test
  void browser_thatComes_getsWhatWasKeptAndWhatFollows() throws IOException {
    for (int i = 1; i <= 5; i++) {
      feed.publishKept("event", "kept " + i);
    }
    feed.publish("state", "not kept");

    Browser browser = browser("");
    assertThat(browser.data(4)).containsExactly("NEW", "kept 3", "kept 4", "kept 5");

    feed.publish("state", "now");
    feed.publishKept("event", "ü😊");
    assertThat(browser.data(2)).containsExactly("now", "ü😊");
  }

  @Test
  void browser_thatComesAgain_getsWhatItHasMissed() throws IOException {
    for (int i = 1; i <= 3; i++) {
      feed.publishKept("event", "kept " + i);
    }
    assertThat(browser("Last-Event-ID: abc-2\r\n").data(2)).containsExactly("AGAIN", "kept 3");
  }

  @Test
  void browser_ofAProcessBefore_getsEverything() throws IOException {
    feed.publishKept("event", "kept 1");
    assertThat(browser("Last-Event-ID: other-7\r\n").data(2)).containsExactly("NEW", "kept 1");
    assertThat(browser("Last-Event-ID: abc-x\r\n").data(2)).containsExactly("NEW", "kept 1");
  }

  @Test
  void browser_inSilence_getsComments() throws IOException {
    assertThat(browser("").line(line -> line.equals(":"))).isEqualTo(":");
  }

  @Test
  void browsers_tooMany_get503UntilOneLeaves() throws IOException {
    browser("").data(1);
    browser("").data(1);
    assertThat(browser("").line(line -> true)).startsWith("HTTP/1.1 503");

    browsers.get(0).close();
    Awaitility.await().until(() -> feed.listeners() == 1);
    assertThat(browser("").line(line -> true)).startsWith("HTTP/1.1 200");
  }

  @Test
  void browser_thatDoesNotRead_isDroppedWhileOthersGoOn() throws IOException {
    browser("").data(1);
    String large = "x".repeat(1 << 20);
    Awaitility.await()
        .until(
            () -> {
              feed.publish("event", large);
              return feed.listeners() == 0;
            });
    Browser other = browser("");
    other.data(1);
    feed.publish("event", "small");
    assertThat(other.data(1)).containsExactly("small");
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .filteredOn(name -> name.equals("page-feed"))
                    .hasSize(1));
  }

  @Test
  void close_withListeners_endsTheirAnswers() throws IOException {
    Browser browser = browser("");
    browser.data(1);
    feed.close();
    assertThat(browser.line(line -> line.equals("0"))).as("the last chunk").isEqualTo("0");
    assertThat(browser("").line(line -> true)).startsWith("HTTP/1.1 503");
  }

  private Browser browser(String header) throws IOException {
    Browser browser = new Browser(server.getAddress(), header);
    browsers.add(browser);
    return browser;
  }

  /** Reads an answer line by line, the sizes of its chunks included. */
  private static final class Browser {
    private final Socket socket;
    private final BufferedReader lines;

    Browser(InetSocketAddress address, String header) throws IOException {
      socket = new Socket(address.getAddress(), address.getPort());
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              ("GET / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    String line(Predicate<String> wanted) throws IOException {
      String line = lines.readLine();
      while (line != null && !wanted.test(line)) {
        line = lines.readLine();
      }
      return String.valueOf(line);
    }

    List<String> data(int messages) throws IOException {
      List<String> data = new ArrayList<>();
      while (data.size() < messages) {
        data.add(line(line -> line.startsWith("data: ")).substring("data: ".length()));
      }
      return data;
    }

    void close() throws IOException {
      socket.close();
    }
  }
}
