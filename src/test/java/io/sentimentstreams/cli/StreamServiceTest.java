package io.sentimentstreams.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sentimentstreams.stream.SettingsLoader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is served before, and without, a stream. */
final class StreamServiceTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final StreamService service =
      StreamService.open(
          SettingsLoader.loadToShow(
              null,
              Map.of(),
              Map.of("http.port", "0", "routes.tweets.trends", "all"),
              SettingsLoader.COMMAND_LINE));

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void everyPath_askedByAPageOfAnotherSite_isRefusedButTheHealth() throws Exception {
    for (String path : paths()) {
      int status = get(path, "http://evil.example").statusCode();
      assertThat(status == 403).as(path).isEqualTo(!path.startsWith("/health"));
    }
  }

  @Test
  void links_ofThePage_leadSomewhere() throws Exception {
    assertThat(paths())
        .contains("/", "/config", "/events", "/metrics", "/score", "/topology", "/trends");
    List<String> links = StreamService.links(SettingsLoader.load(null, Map.of(), Map.of()));
    assertThat(links).containsExactly("/config", "/topology", "/metrics", "/health", "/score");
    assertThat(paths()).containsAll(links);
    Map<String, String> trends = Map.of("routes.tweets.trends", "all");
    assertThat(StreamService.links(SettingsLoader.load(null, Map.of(), trends)))
        .contains("/trends?route=tweets");
  }

  /** All that there are, as the server names them to whoever asks for another one. */
  private List<String> paths() throws Exception {
    String answer = get("/none", service.url()).body();
    return Arrays.asList(answer.strip().replaceFirst(".*: ", "").split(", ", -1));
  }

  private HttpResponse<String> get(String path, String origin) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(service.url() + path)).header("Origin", origin).build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
