package io.sentimentstreams.page;

import io.micrometer.core.instrument.MeterRegistry;
import io.sentimentstreams.web.Health;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes states of the meters, once a second: rates over some seconds, latencies over some more, and
 * what the last minutes were like. Used by one thread, but for {@link #seconds}.
 */
final class StateReader {
  private static final Duration RATES = Duration.ofSeconds(3);
  private static final Duration LATENCIES = Duration.ofSeconds(10);
  private static final int SECONDS_KEPT = 300;

  private final MeterRegistry registry;
  private final Source source;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Deque<Reading> readings = new ArrayDeque<>(); // the oldest first
  private final Deque<State.Second> seconds = new ArrayDeque<>();

  /** What is not in the meters. */
  record Source(
      Supplier<Health> live,
      Supplier<Health> ready,
      Supplier<Map<String, Long>> lag,
      Groups groups) {}

  /**
   * Without readings.
   *
   * @param nanos as {@link System#nanoTime}
   */
  StateReader(MeterRegistry registry, Source source, InstantSource clock, LongSupplier nanos) {
    this.registry = registry;
    this.source = source;
    this.clock = clock;
    this.nanos = nanos;
  }

  /** Reads the meters, and says how the stream is. */
  State read() {
    Reading now = Reading.of(registry, nanos.getAsLong());
    Reading last = readings.peekLast();
    readings.addLast(now);
    while (now.nanos() - readings.getFirst().nanos() > LATENCIES.toNanos()) {
      readings.removeFirst();
    }
    long time = clock.millis();
    if (last != null) {
      remember(second(time, last, now));
    }
    Health live = source.live().get();
    Health ready = source.ready().get();
    List<String> reasons = new ArrayList<>(live.reasons());
    ready.reasons().stream().filter(reason -> !reasons.contains(reason)).forEach(reasons::add);
    List<State.OfRoute> routes =
        now.routes().keySet().stream().map(name -> route(name, now)).toList();
    return new State(
        time,
        live.isUp(),
        ready.isUp(),
        reasons,
        source.lag().get(),
        routes,
        source.groups().top());
  }

  private synchronized void remember(State.Second second) {
    seconds.addLast(second);
    if (seconds.size() > SECONDS_KEPT) {
      seconds.removeFirst();
    }
  }

  /** The last minutes, the oldest second first. For any thread. */
  synchronized List<State.Second> seconds() {
    return List.copyOf(seconds);
  }

  /** The last second; null where there is none yet. */
  synchronized State.@Nullable Second lastSecond() {
    return seconds.peekLast();
  }

  private static State.Second second(long time, Reading last, Reading now) {
    Map<String, State.Counts> routes = new TreeMap<>();
    for (String name : now.routes().keySet()) {
      Reading.OfRoute is = of(name, now);
      Reading.OfRoute was = of(name, last);
      routes.put(
          name,
          new State.Counts(
              Math.round(is.in() - was.in()),
              Math.round(sum(is.dead()) - sum(was.dead())),
              more(is.labelled(), was.labelled())));
    }
    return new State.Second(time, routes);
  }

  private State.OfRoute route(String name, Reading now) {
    Reading before = back(RATES, now);
    Reading.OfRoute is = of(name, now);
    Reading.OfRoute was = of(name, before);
    double passed =
        Math.max(now.nanos() - before.nanos(), 1) / (double) TimeUnit.SECONDS.toNanos(1);
    return new State.OfRoute(
        name,
        rate(is.in() - was.in(), passed),
        rate(sum(is.labelled()) - sum(was.labelled()), passed),
        rate(sum(is.dead()) - sum(was.dead()), passed),
        latency(is.latency().since(of(name, back(LATENCIES, now)).latency())),
        new State.Totals(Math.round(is.in()), rounded(is.labelled()), more(is.dead(), Map.of())),
        Math.round(is.unaccounted()),
        is.breakerOpen(),
        is.model(),
        is.drift(),
        Double.isNaN(is.shadowAgreement()) ? null : is.shadowAgreement());
  }

  private static State.@Nullable Latency latency(Buckets buckets) {
    if (buckets.total() <= 0) {
      return null;
    }
    return new State.Latency(
        tenths(buckets.quantile(0.5)),
        tenths(buckets.quantile(0.95)),
        tenths(buckets.quantile(0.99)));
  }

  /** The oldest reading that is not longer ago than this, or the last but one. */
  private Reading back(Duration time, Reading now) {
    Reading found = now;
    int later = 0;
    for (Reading reading : (Iterable<Reading>) readings::descendingIterator) {
      if (later > 1 && now.nanos() - reading.nanos() > time.toNanos()) {
        break;
      }
      found = reading;
      later++;
    }
    return found;
  }

  private static Reading.OfRoute of(String name, Reading reading) {
    return reading.routes().getOrDefault(name, Reading.OfRoute.nothing());
  }

  private static double sum(Map<String, Double> counts) {
    return counts.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static double rate(double events, double seconds) {
    return tenths(events / seconds);
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static Map<String, Long> rounded(Map<String, Double> counts) {
    Map<String, Long> rounded = new TreeMap<>();
    counts.forEach((name, count) -> rounded.put(name, Math.round(count)));
    return rounded;
  }

  /** What has been counted more, where anything has. */
  private static Map<String, Long> more(Map<String, Double> now, Map<String, Double> before) {
    Map<String, Long> more = new TreeMap<>();
    now.forEach(
        (name, count) -> {
          long added = Math.round(count - before.getOrDefault(name, 0.0));
          if (added > 0) {
            more.put(name, added);
          }
        });
    return more;
  }
}
