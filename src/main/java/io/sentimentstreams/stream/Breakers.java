package io.sentimentstreams.stream;

import io.sentimentstreams.batch.BackOff;
import io.sentimentstreams.batch.CallsExhaustedException;
import io.sentimentstreams.batch.CircuitBreaker;
import io.sentimentstreams.metrics.Meters;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breakers of all routes, two a route: before its model, and before the schema registry
 * that its format may need. While one is open, consumption is paused: of all routes, since a stream
 * thread serves them all.
 */
final class Breakers implements AutoCloseable {
  /** Calls that hang for so long end with the process only. */
  static final Duration LONGEST_HANG = Duration.ofMinutes(5);

  /** As many calls as may be hang, so that not even a probe can be made. */
  static final Duration LONGEST_EXHAUSTION = Duration.ofMinutes(1);

  private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

  /** What the breakers do to the stream. */
  interface Consumption {
    void pause();

    void resume();

    /** Nothing but a new process helps. */
    void stop(Throwable cause);
  }

  private final GuardSettings settings;
  private final Meters meters;
  private final Consumption consumption;
  private final NarrowFrames narrow;
  private final Pauses pauses;
  private final LongSupplier nanos;
  private final BackOff backOff;
  private final ScheduledThreadPoolExecutor probes;

  /** What a breaker stands before, in words. */
  private enum Guarded {
    MODEL("its model fails for everything", "its model fails", "its model answers again"),
    REGISTRY(
        "the schema registry does not answer",
        "the schema registry does not answer",
        "the schema registry answers again");

    private final String begins;
    private final String lasts;
    private final String ends;

    Guarded(String begins, String lasts, String ends) {
      this.begins = begins;
      this.lasts = lasts;
      this.ends = ends;
    }
  }

  private record Place(String route, Guarded guarded) {}

  private static final Comparator<Place> ORDER =
      Comparator.comparing(Place::route).thenComparing(Place::guarded);

  /** Why each open breaker is open. Guarded by this. */
  private final Map<Place, String> open = new HashMap<>();

  /**
   * Without routes yet.
   *
   * @param narrow where frames come to that cannot be worked on as a whole
   * @param pauses how stream threads wait to try again
   * @param nanos as {@link System#nanoTime}
   * @param random for the delays
   */
  Breakers(
      GuardSettings settings,
      Meters meters,
      Consumption consumption,
      NarrowFrames narrow,
      Pauses pauses,
      LongSupplier nanos,
      RandomGenerator random) {
    this.settings = settings;
    this.meters = meters;
    this.consumption = consumption;
    this.narrow = narrow;
    this.pauses = pauses;
    this.nanos = nanos;
    this.backOff = new BackOff(settings.backOff(), settings.longestBackOff(), random);
    this.probes = new ScheduledThreadPoolExecutor(1, Breakers::daemon);
    probes.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "model-probe");
    thread.setDaemon(true);
    return thread;
  }

  /** A route's guard, closed; to be asked for once. */
  RouteGuard guard(Route route, ModelSlot slot) {
    CircuitBreaker model = breaker(new Place(route.name(), Guarded.MODEL));
    CircuitBreaker registry = breaker(new Place(route.name(), Guarded.REGISTRY));
    meters.breaker(route.name(), () -> model.cause().isPresent() || registry.cause().isPresent());
    return new RouteGuard(model, registry, () -> probe(slot), narrow);
  }

  private CircuitBreaker breaker(Place place) {
    return new CircuitBreaker(
        settings.retries(), backOff, new RealTime(), nanos, new Watcher(place));
  }

  /** Asks the model that the route has now. */
  private static void probe(ModelSlot slot) {
    try (ModelSlot.Lease lease = slot.lease()) {
      lease.model().labeller().probe();
    }
  }

  /** What fails for which routes, and how; empty where nothing does. */
  synchronized List<String> reasons() {
    return open.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(ORDER))
        .map(Map.Entry::getValue)
        .toList();
  }

  private synchronized void opened(Place place, RuntimeException cause) {
    LOG.warn(
        "Route {}: {}; consumption pauses until it answers again, nothing is lost",
        place.route(),
        place.guarded().begins,
        cause);
    if (open.isEmpty()) {
      consumption.pause();
    }
    open.put(place, reason(place, cause));
  }

  private static String reason(Place place, RuntimeException cause) {
    return "route %s: %s: %s"
        .formatted(place.route(), place.guarded().lasts, Causes.deepestMessage(cause));
  }

  private synchronized void stillOpen(Place place, RuntimeException cause, Duration since) {
    LOG.info(
        "Route {}: {} since {} s: {}",
        place.route(),
        place.guarded().lasts,
        since.toSeconds(),
        Causes.deepestMessage(cause));
    open.put(place, reason(place, cause));
    // Whoever closes the stream waits for its threads, and they may wait for this breaker.
    boolean ending = probes.isShutdown();
    if (!ending && CircuitBreaker.hangs(cause) && since.compareTo(longest(cause)) > 0) {
      consumption.stop(cause);
    }
  }

  private static Duration longest(RuntimeException cause) {
    return cause instanceof CallsExhaustedException ? LONGEST_EXHAUSTION : LONGEST_HANG;
  }

  private synchronized void closed(Place place, Duration since) {
    open.remove(place);
    LOG.warn("Route {}: {} after {} ms", place.route(), place.guarded().ends, since.toMillis());
    if (open.isEmpty()) {
      consumption.resume();
    }
  }

  /** Ends all probing. Open breakers remain open. */
  @Override
  public void close() {
    probes.shutdown();
  }

  private final class Watcher implements CircuitBreaker.Listener {
    private final Place place;

    Watcher(Place place) {
      this.place = place;
    }

    @Override
    public void opened(RuntimeException cause) {
      Breakers.this.opened(place, cause);
    }

    @Override
    public void stillOpen(RuntimeException cause, Duration since) {
      Breakers.this.stillOpen(place, cause, since);
    }

    @Override
    public void closed(Duration since) {
      Breakers.this.closed(place, since);
    }
  }

  private final class RealTime implements CircuitBreaker.Clockwork {
    @Override
    public boolean pause(Duration delay) {
      return pauses.pause(delay);
    }

    @Override
    public void after(Duration delay, Runnable task) {
      try {
        // What it throws is seen to by the task.
        Future<?> unused = probes.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException ending) {
        LOG.debug("no probe: the stream ends");
      }
    }

    /** An error of the JVM would vanish in the executor. */
    private void run(Runnable task) {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        consumption.stop(failure);
        throw failure;
      }
    }
  }
}
