package io.sentimentstreams.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Apicurio's serdes ask a registry for, as version 3.3.3 of it answers: artifacts are
 * registered, and schemas found by their ids. It falls ill on request.
 */
public final class RegistryStub implements AutoCloseable {
  private static final String API = "/apis/registry/v3";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern BY_ID =
      Pattern.compile(API + "/ids/(?:contentIds|globalIds)/(-?\\d+)(/references)?");
  private static final Pattern BY_NAME =
      Pattern.compile(
          API + "/groups/default/artifacts/([^/]+)/versions/(\\d+)/(content|references)");

  /** How the registry is. */
  public enum State {
    WELL,
    /** Each answer is an error of the server's. */
    FAILING,
    /** Each answer is a proxy's page that there is nothing. */
    LOST,
    /** There is no answer. */
    SILENT
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Content> contents = new ArrayList<>(); // by id - 1
  private final Map<String, Integer> versions = new HashMap<>(); // ids by artifact and version
  private final List<String> artifacts = new ArrayList<>();
  private final AtomicInteger lookups = new AtomicInteger();
  private volatile State state = State.WELL;

  /** A content, and what it refers to as JSON. */
  private record Content(String text, String references) {}

  /** A registry without schemas. */
  public RegistryStub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** The address for clients. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + API;
  }

  /** Whether it answers from now on, and how. */
  public void become(State next) {
    state = next;
  }

  /** How often a schema was asked for by its id. */
  int lookups() {
    return lookups.get();
  }

  /** Artifacts that were registered, in their order. */
  synchronized List<String> artifacts() {
    return List.copyOf(artifacts);
  }

  /** Puts a content, whatever it is; gives its id. */
  int put(String content) {
    return put(new Content(content, "[]"));
  }

  private synchronized int put(Content content) {
    int known = contents.indexOf(content);
    if (known >= 0) {
      return known + 1;
    }
    contents.add(content);
    return contents.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (state) {
        case WELL -> well(exchange, body);
        case FAILING -> send(exchange, 503, problem(503, "ServiceUnavailable", "storage is away"));
        case LOST -> send(exchange, 404, "text/html", "<html>404 page not found</html>");
        case SILENT -> silent();
      }
    }
  }

  /** Until the server is closed. */
  private void silent() {
    try {
      Thread.currentThread().join();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void well(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    Matcher byId = BY_ID.matcher(uri.getPath());
    Matcher byName = BY_NAME.matcher(uri.getPath());
    if (byId.matches()) {
      lookups.incrementAndGet();
      long id = Long.parseLong(byId.group(1));
      if (id < 1 || id > size()) {
        String title = "No content with ID '%d' was found.".formatted(id);
        send(exchange, 404, problem(404, "ContentNotFoundException", title));
      } else {
        Content content = content(id);
        send(exchange, 200, byId.group(2) == null ? content.text() : content.references());
      }
    } else if (byName.matches()) {
      Content content = content(id(byName.group(1), byName.group(2)));
      send(
          exchange, 200, byName.group(3).equals("content") ? content.text() : content.references());
    } else if (uri.getPath().equals(API + "/groups/default/artifacts")) {
      send(exchange, 200, registered(JSON.readTree(body)));
    } else if (uri.getPath().equals(API + "/search/versions")) {
      boolean canonical = String.valueOf(uri.getQuery()).contains("canonical=true");
      send(exchange, 200, found(new String(body, UTF_8), canonical));
    } else {
      send(exchange, 404, problem(404, "NotFoundException", "no resource for " + uri.getPath()));
    }
  }

  private synchronized int size() {
    return contents.size();
  }

  private synchronized int id(String artifact, String version) {
    return Objects.requireNonNull(versions.get(artifact + " " + version));
  }

  private synchronized Content content(long id) {
    return contents.get((int) id - 1);
  }

  /** Contents that are the same, to the letter or in what they say. */
  private synchronized String found(String text, boolean canonical) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode versions = answer.putArray("versions");
    JsonNode said = JSON.readTree(text);
    for (int i = 0; i < contents.size(); i++) {
      String content = contents.get(i).text();
      if (canonical ? JSON.readTree(content).equals(said) : content.equals(text)) {
        versions
            .addObject()
            .put("version", "1")
            .put("artifactId", "found")
            .put("globalId", i + 1)
            .put("contentId", i + 1)
            .put("state", "ENABLED");
      }
    }
    answer.put("count", versions.size());
    return answer.toString();
  }

  private synchronized String registered(JsonNode request) {
    String artifact = request.path("artifactId").textValue();
    JsonNode content = request.path("firstVersion").path("content");
    int id =
        put(
            new Content(
                content.path("content").textValue(),
                content.has("references") ? content.path("references").toString() : "[]"));
    String version = Integer.toString(id);
    versions.put(artifact + " " + version, id);
    artifacts.add(artifact);
    ObjectNode answer = JSON.createObjectNode();
    answer.putObject("artifact").put("artifactId", artifact).put("artifactType", "AVRO");
    answer
        .putObject("version")
        .put("version", version)
        .put("artifactId", artifact)
        .put("artifactType", "AVRO")
        .put("globalId", id)
        .put("contentId", id)
        .put("state", "ENABLED");
    return answer.toString();
  }

  private static String problem(int status, String name, String title) {
    return JSON.createObjectNode()
        .put("detail", name + ": " + title)
        .put("title", title)
        .put("status", status)
        .put("name", name)
        .toString();
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    send(exchange, status, "application/json", json);
  }

  private static void send(HttpExchange exchange, int status, String type, String text)
      throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(0);
  }
}
