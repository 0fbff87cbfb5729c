package io.sentimentstreams.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What an instance of the stream says of itself, again and again while it lives.
 *
 * @param instance its name, of its own
 * @param application the application's id
 * @param at when it said so
 * @param routes by name
 */
public record InstanceReport(
    String instance, String application, Instant at, Map<String, RouteReport> routes) {
  /** How often an instance repeats its report. */
  public static final Duration EVERY = Duration.ofSeconds(10);

  /** An instance that was silent for longer has ended, or hangs. */
  public static final Duration ALIVE = Duration.ofSeconds(35);

  public InstanceReport {
    Objects.requireNonNull(instance, "instance");
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(at, "at");
    routes = Map.copyOf(new TreeMap<>(routes));
  }

  /** The same, said at another time. */
  public InstanceReport at(Instant time) {
    return new InstanceReport(instance, application, time, routes);
  }

  /**
   * The report as a record at this offset says it: it can answer only what stands before it. One
   * that names a later offset speaks of a topic that was deleted since, and answers nothing of this
   * one.
   */
  InstanceReport readAt(long offset) {
    Map<String, RouteReport> read = new TreeMap<>();
    routes.forEach((route, report) -> read.put(route, report.readAt(offset)));
    return new InstanceReport(instance, application, at, read);
  }

  /** Whether the instance has told of itself lately. */
  public boolean isAlive(Instant now) {
    return at.isAfter(now.minus(ALIVE));
  }
}
