package io.sentimentstreams.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.sentimentstreams.InvalidInputException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators ask over HTTP: {@code /metrics} in Prometheus' text format, {@code /health/live}
 * and {@code /health/ready} as JSON, 200 where all is well and 503 with the reasons where not,
 * {@code /health} both in one: as ready, with the reasons of both. {@code POST /score} labels
 * texts. Nothing here changes any state. Whom {@link Visitors} refuses gets the health only.
 */
public final class OpsServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String HEALTH = "/health";
  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  /** Asked by supervisors, under names of their own; they show no data. */
  private static final Set<String> PROBES = Set.of(HEALTH, LIVE, READY);

  private static final String PICTURE = ".svg";
  private static final int THREADS = 4;
  private static final int WAITING_REQUESTS = 64;

  /** How long a client may take to take an answer. */
  private static final Duration SENDING = Duration.ofSeconds(30);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ThreadPoolExecutor executor;
  private final Map<String, Function<Query, Answer>> pages;
  private final ScorePage scorePage;
  private final Map<String, HttpHandler> handlers;
  private final Visitors visitors;
  private final SendingTime sending = new SendingTime(SENDING);

  private OpsServer(
      HttpServer server,
      Map<String, Function<Query, Answer>> pages,
      Scoring scoring,
      Map<String, HttpHandler> handlers) {
    this.scorePage = new ScorePage(scoring);
    this.server = server;
    this.pages = pages;
    this.handlers = Map.copyOf(handlers);
    this.visitors = new Visitors(server.getAddress().getAddress().isLoopbackAddress());
    this.executor = executor();
    server.setExecutor(executor);
    server.createContext("/", this::handle);
  }

  /**
   * Binds and serves.
   *
   * @param host name or address to listen on
   * @param port to listen on, 0 for a free one
   * @param metrics the text of {@code /metrics}
   * @param live whether the process works, or must be restarted
   * @param ready whether it does its work now
   * @param scoring answers {@code /score}
   * @throws InvalidInputException where the address cannot be bound
   */
  public static OpsServer start(
      String host,
      int port,
      Supplier<String> metrics,
      Supplier<Health> live,
      Supplier<Health> ready,
      Scoring scoring) {
    return start(host, port, metrics, live, ready, scoring, Map.of(), Map.of());
  }

  /**
   * Binds and serves.
   *
   * @param queries answers to requests with parameters, by path such as {@code /trends}
   * @param handlers what answers further paths, by path: soon, or by a thread of its own; they
   *     close the exchanges
   */
  public static OpsServer start(
      String host,
      int port,
      Supplier<String> metrics,
      Supplier<Health> live,
      Supplier<Health> ready,
      Scoring scoring,
      Map<String, Function<Query, Answer>> queries,
      Map<String, HttpHandler> handlers) {
    Map<String, Function<Query, Answer>> pages = new HashMap<>();
    pages.put("/metrics", query -> Answer.of(200, METRICS_TYPE, metrics.get()));
    pages.put(HEALTH, query -> overview(live.get(), ready.get()));
    pages.put(LIVE, query -> health(live.get()));
    pages.put(READY, query -> health(ready.get()));
    pages.putAll(queries);
    OpsServer ops = new OpsServer(bind(host, port), Map.copyOf(pages), scoring, handlers);
    ops.server.start();
    LOG.debug("Metrics and health on http://{}:{}", host, ops.port());
    return ops;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Closes the port and ends the threads. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    sending.close();
  }

  private static HttpServer bind(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new InvalidInputException(
          "http.host: \"%s\" is unknown; give a name or address of this machine".formatted(host));
    }
    try {
      return HttpServer.create(address, 0);
    } catch (IOException failure) {
      throw new InvalidInputException(
          "http.port: %d on %s cannot be listened on (%s); give another port, or 0 for a free one"
              .formatted(port, host, failure.getMessage()),
          failure);
    }
  }

  /** A full queue makes the accepting thread answer itself: requests wait, none is lost. */
  private static ThreadPoolExecutor executor() {
    AtomicInteger number = new AtomicInteger();
    return new ThreadPoolExecutor(
        THREADS,
        THREADS,
        0,
        TimeUnit.SECONDS,
        new ArrayBlockingQueue<>(WAITING_REQUESTS),
        task -> {
          Thread thread = new Thread(task, "http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.CallerRunsPolicy());
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    HttpHandler handler = handlers.get(path);
    String refusal = visitors.refusal(exchange.getRequestHeaders());
    if (refusal != null && !PROBES.contains(path)) {
      sending.limit(() -> Answer.text(403, refusal).send(exchange));
    } else if (handler == null) {
      answer(exchange);
    } else {
      handle(exchange, handler);
    }
  }

  private void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
    try {
      sending.limit(() -> handler.handle(exchange));
    } catch (RuntimeException failure) {
      LOG.warn("{} failed", exchange.getRequestURI().getPath(), failure);
      exchange.close();
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = respond(exchange);
      sending.limit(() -> answer.send(exchange));
    }
  }

  private Answer respond(HttpExchange exchange) throws IOException {
    if (exchange.getRequestURI().getPath().equals(ScorePage.PATH)) {
      return score(exchange);
    }
    Function<Query, Answer> page = pages.get(path(exchange));
    if (page == null) {
      return Answer.text(404, "Not found. There are: %s".formatted(paths()));
    }
    String method = exchange.getRequestMethod();
    if (!method.equals("GET") && !method.equals("HEAD")) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Answer.text(405, "Method not allowed. There are: GET, HEAD");
    }
    try {
      return page.apply(Query.parse(exchange.getRequestURI().getRawQuery()));
    } catch (RuntimeException failure) {
      LOG.warn("{} failed", exchange.getRequestURI().getPath(), failure);
      return Answer.text(500, "Internal error; the log has the details.");
    }
  }

  /** What is asked for: of a page that is there as a picture, too, that where it is accepted. */
  private String path(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    String accepted = exchange.getRequestHeaders().getFirst("Accept");
    boolean picture = accepted != null && accepted.contains(Answer.SVG);
    return picture && pages.containsKey(path + PICTURE) ? path + PICTURE : path;
  }

  private Answer score(HttpExchange exchange) throws IOException {
    try {
      return scorePage.answer(exchange);
    } catch (RuntimeException failure) {
      LOG.warn("{} failed", ScorePage.PATH, failure);
      return Answer.of(500, ScoreJson.error("internal error; the log has the details"));
    }
  }

  private String paths() {
    TreeSet<String> paths = new TreeSet<>(pages.keySet());
    paths.add(ScorePage.PATH);
    paths.addAll(handlers.keySet());
    return String.join(", ", paths);
  }

  private static Answer health(Health health) {
    return json(health.isUp(), body(health));
  }

  private static Answer overview(Health live, Health ready) {
    boolean up = live.isUp() && ready.isUp();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status(up));
    body.put("live", body(live));
    body.put("ready", body(ready));
    return json(up, body);
  }

  private static Map<String, Object> body(Health health) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status(health.isUp()));
    body.put("reasons", health.reasons());
    return body;
  }

  private static String status(boolean up) {
    return up ? "up" : "down";
  }

  private static Answer json(boolean up, Map<String, Object> body) {
    try {
      return Answer.of(up ? 200 : 503, JSON.writeValueAsString(body));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("strings always become JSON", impossible);
    }
  }
}
