package io.sentimentstreams.cli;

import io.sentimentstreams.metrics.PrometheusMetrics;
import io.sentimentstreams.page.AskedWords;
import io.sentimentstreams.page.Page;
import io.sentimentstreams.stream.HttpSettings;
import io.sentimentstreams.stream.LoadedSettings;
import io.sentimentstreams.stream.Route;
import io.sentimentstreams.stream.StreamRunner;
import io.sentimentstreams.stream.StreamSettings;
import io.sentimentstreams.web.OpsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The stream, its meters and the HTTP server that shows them: what runs in one process. */
final class StreamService implements AutoCloseable {
  private static final String CONFIG = "/config";
  private static final String TOPOLOGY = "/topology";
  private static final String TRENDS = "/trends";

  private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

  private final PrometheusMetrics metrics;
  private final StreamRunner runner;
  private final @Nullable Page page;
  private final OpsServer server;
  private final String host;

  private StreamService(
      PrometheusMetrics metrics,
      StreamRunner runner,
      @Nullable Page page,
      OpsServer server,
      String host) {
    this.metrics = metrics;
    this.runner = runner;
    this.page = page;
    this.server = server;
    this.host = host;
  }

  /** Serves metrics and health; {@link #start} brings the stream. */
  static StreamService open(LoadedSettings loaded) {
    StreamSettings settings = loaded.settings();
    PrometheusMetrics metrics = new PrometheusMetrics();
    StreamRunner runner = StreamRunner.of(settings, metrics.registry());
    HttpSettings http = settings.http();
    Page page = http.page() ? page(settings, metrics, runner) : null;
    try {
      OpsServer server =
          OpsServer.start(
              http.host(),
              http.port(),
              metrics::scrape,
              runner::live,
              runner::ready,
              runner.scoring(),
              Map.of(
                  TRENDS,
                  runner::trends,
                  CONFIG,
                  query -> SettingsPage.of(loaded.shown()),
                  TOPOLOGY,
                  query -> runner.topology(),
                  TOPOLOGY + ".svg",
                  query -> runner.topologyPicture()),
              page == null ? Map.of() : page.handlers());
      return new StreamService(metrics, runner, page, server, http.host());
    } catch (RuntimeException | Error e) {
      if (page != null) {
        page.close();
      }
      metrics.close();
      throw e;
    }
  }

  private static Page page(
      StreamSettings settings, PrometheusMetrics metrics, StreamRunner runner) {
    return Page.open(
        new Page.Source(
            Long.toString(System.currentTimeMillis(), Character.MAX_RADIX),
            metrics.registry(),
            settings.http().samples() > 0 ? runner.samples() : null,
            new AskedWords(runner.scoring()),
            runner::live,
            runner::ready,
            runner::lag,
            runner.groups(),
            links(settings)));
  }

  /** What the page leads to; groups are only where a route has trends. */
  static List<String> links(StreamSettings settings) {
    List<String> links = new ArrayList<>(List.of(CONFIG, TOPOLOGY, "/metrics", "/health"));
    settings.routes().stream()
        .filter(route -> route.trends() != null)
        .forEach(route -> links.add(TRENDS + "?route=" + route.name()));
    links.add("/score");
    return links;
  }

  /** Loads the models and starts the stream, unless told to give up first. */
  void start(BooleanSupplier giveUp) throws InterruptedException {
    runner.start(giveUp);
  }

  /** Waits until the stream labels events. */
  void awaitReady(BooleanSupplier giveUp) throws InterruptedException {
    while (!runner.ready().isUp() && !giveUp.getAsBoolean()) {
      requireLive();
      Thread.sleep(LOOK_AGAIN.toMillis());
    }
  }

  /** The name of the model that labels a route's events now. */
  String model(Route route) {
    return runner.model(route).name();
  }

  /** Such as {@code http://127.0.0.1:8080}. */
  String url() {
    return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, server.port());
  }

  /** Whether the stream, closed, had ended in time. */
  boolean stoppedInTime() {
    return runner.stoppedInTime();
  }

  /** Throws where the stream has ended by itself. */
  void requireLive() {
    if (!runner.live().isUp()) {
      throw new IllegalStateException(
          "the stream has ended: " + String.join("; ", runner.live().reasons()),
          runner.failure().orElse(null));
    }
  }

  @Override
  public void close() {
    try {
      runner.close();
    } finally {
      if (page != null) {
        page.close();
      }
      server.close();
      metrics.close();
    }
  }
}
